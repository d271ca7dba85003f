import django.db.models.deletion
import zabota.common.first_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('journal', '0001_initial'), ('journal', '0002_initial')]

    initial = True

    dependencies = [
        ('people', '0001_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='Stream',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seq', models.PositiveIntegerField(default=0)),
                        ('digest', models.CharField(default='', max_length=64)),
                    ],
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='journal.stream')),
                        ('seq', models.PositiveIntegerField()),
                        ('kind', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to=settings.AUTH_USER_MODEL)),
                        ('acted_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('audience', models.CharField(choices=[('both', 'Both'), ('ours', 'Ours'), ('theirs', 'Theirs')], max_length=6)),
                        ('canonical', models.TextField()),
                        ('digest', models.CharField(max_length=64)),
                        ('announced_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('announced_at__isnull', True)), fields=['id'], name='entry_waiting')],
                        'constraints': [models.UniqueConstraint(fields=('stream', 'seq'), name='entry_once_per_seq')],
                    },
                ),
                migrations.CreateModel(
                    name='Particular',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='particulars', to='journal.entry')),
                        ('name', models.CharField(max_length=40)),
                        ('text', models.TextField()),
                        ('salt', models.CharField(max_length=32)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('entry', 'name'), name='particular_once')],
                    },
                ),
            ],
        ),
    ]
