import zabota.common.first_tables
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('common', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='File',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('size', models.PositiveBigIntegerField()),
                        ('media_type', models.CharField(max_length=100)),
                        ('kept_at', models.DateTimeField()),
                    ],
                ),
            ],
        ),
    ]
