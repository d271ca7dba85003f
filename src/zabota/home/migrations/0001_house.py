import django.db.models.deletion
import zabota.common.first_tables
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('home', '0001_initial')]

    initial = True

    dependencies = [
        ('journal', '0001_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='ReactionMark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('upto', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Reacted',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('action', models.CharField(max_length=120)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('entry', 'action'), name='reacted_once')],
                    },
                ),
            ],
        ),
    ]
