import django.db.models.deletion
import zabota.common.first_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0002_english_details'), ('people', '0003_firm_blocking_errors'), ('people', '0004_power_begins_and_ends'), ('people', '0005_sign_contracts'), ('people', '0006_beyond'), ('people', '0007_drills'), ('people', '0008_trained'), ('people', '0009_strangers'), ('people', '0030_skills_places'), ('people', '0031_keeps_quiet'), ('people', '0032_programs'), ('people', '0050_care_powers'), ('people', '0060_points'), ('people', '0061_gives_points'), ('people', '0070_takes_referrals'), ('people', '0071_quiet_hours')]

    dependencies = [
        ('common', '0001_house'),
        ('journal', '0001_house'),
        ('people', '0001_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_ru', models.CharField(max_length=120, unique=True)),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='journal.stream')),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Employee',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='employee', to=settings.AUTH_USER_MODEL)),
                        ('position_ru', models.CharField(max_length=160)),
                        ('position_en', models.CharField(blank=True, max_length=160)),
                        ('phone', models.CharField(blank=True, max_length=40)),
                        ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.file')),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.team')),
                        ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.place')),
                        ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led', to='people.employee')),
                        ('is_administrator', models.BooleanField(default=False)),
                        ('sees_all', models.BooleanField(default=False)),
                        ('quiet_from', models.TimeField(null=True)),
                        ('quiet_to', models.TimeField(null=True)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='journal.stream')),
                        ('hired_at', models.DateTimeField()),
                        ('dismissed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from', None), ('quiet_to', None)), models.Q(('quiet_from__isnull', False), ('quiet_to__isnull', False)), _connector='OR'), name='employee_quiet_whole_stretch')],
                    },
                ),
                migrations.CreateModel(
                    name='SpecialDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True)),
                        ('kind', models.CharField(choices=[('off', 'Day off'), ('short', 'Short'), ('working', 'Working')], max_length=8)),
                        ('note', models.CharField(blank=True, max_length=120)),
                    ],
                ),
                migrations.CreateModel(
                    name='Throttle',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('window_ends_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Presence',
                    fields=[
                        ('employee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='presence', serialize=False, to='people.employee')),
                        ('at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='ApiKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='people.employee')),
                        ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                        ('scopes', models.JSONField(default=list)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('tail', models.CharField(max_length=4)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('made_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Power',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='powers', to='people.employee')),
                        ('kind', models.CharField(choices=[('approve', 'Approve a direction'), ('reassign', 'Hand a stage to someone else'), ('templates', 'Edit contract forms'), ('routes', 'Edit approval routes'), ('people', 'Manage employees, absences and powers'), ('clients', 'Manage clients and their access'), ('firm', "Change the firm's settings"), ('sign', 'Sign contracts for the firm'), ('register', 'Start contracts and register them'), ('beyond', 'Go beyond the rules for a client'), ('talk', 'Talk through what needs training'), ('goodwill', 'Set budgets of care'), ('accounts', 'Take gifts and bonuses along for accounting'), ('points', 'Set points, their rules and rewards'), ('till', 'Work at the till')], max_length=20)),
                        ('concern', models.CharField(blank=True, max_length=40)),
                        ('limit', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                        ('currency', models.CharField(default='RUB', max_length=3)),
                        ('requires_drill', models.CharField(blank=True, max_length=40)),
                        ('valid_from', models.DateTimeField()),
                        ('valid_until', models.DateTimeField(null=True)),
                        ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='granted', to=settings.AUTH_USER_MODEL)),
                        ('begun_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('revoked_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='SignInCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to=settings.AUTH_USER_MODEL)),
                        ('salt', models.CharField(max_length=32)),
                        ('made_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('spent_at', models.DateTimeField(null=True)),
                        ('about', models.CharField(blank=True, max_length=80)),
                        ('next_path', models.CharField(blank=True, max_length=300)),
                    ],
                ),
                migrations.CreateModel(
                    name='Skill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_ru', models.CharField(max_length=120, unique=True)),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('language', models.CharField(blank=True, choices=[('ru', 'ru'), ('en', 'en')], max_length=2)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('people', models.ManyToManyField(related_name='skills', to='people.employee')),
                    ],
                ),
                migrations.CreateModel(
                    name='Training',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='people.employee')),
                        ('kind', models.CharField(max_length=40)),
                        ('passed_at', models.DateTimeField()),
                        ('good_until', models.DateTimeField()),
                        ('lapsed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('lapsed_at__isnull', True)), fields=['good_until'], name='training_lapses')],
                        'constraints': [models.UniqueConstraint(fields=('employee', 'kind'), name='training_once_per_kind'), models.CheckConstraint(condition=models.Q(('good_until__gt', models.F('passed_at'))), name='training_counts_a_while')],
                    },
                ),
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='people.employee')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('begun_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('cancelled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_ends_after_start')],
                    },
                ),
                migrations.CreateModel(
                    name='Firm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('name_en', models.CharField(blank=True, max_length=200)),
                        ('legal_name', models.CharField(blank=True, max_length=300)),
                        ('details', models.JSONField(default=dict)),
                        ('accent', models.CharField(default='teal', max_length=12)),
                        ('language', models.CharField(default='ru', max_length=2)),
                        ('zone', models.CharField(default='Europe/Moscow', max_length=60)),
                        ('country', models.CharField(default='RU', max_length=2)),
                        ('week', models.JSONField(default=dict)),
                        ('shows_people', models.BooleanField(default=True)),
                        ('number_pattern', models.CharField(default='Д-{year}-{number:04d}', max_length=60)),
                        ('answer_hours', models.PositiveSmallIntegerField(default=8)),
                        ('answers_strangers', models.BooleanField(default=True)),
                        ('keeps_quiet', models.BooleanField(default=True)),
                        ('thanks_companies', models.BooleanField(default=False)),
                        ('takes_referrals', models.BooleanField(default=False)),
                        ('drill_days', models.PositiveSmallIntegerField(default=180)),
                        ('blocking_errors', models.JSONField(blank=True, default=list)),
                        ('gives_points', models.BooleanField(default=False)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='journal.stream')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_firm')],
                    },
                ),
                migrations.CreateModel(
                    name='Substitution',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substituted', to='people.employee')),
                        ('substitute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_in', to='people.employee')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('kinds', models.JSONField(default=list)),
                        ('begun_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('cancelled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='substitution_ends_after_start'), models.CheckConstraint(condition=models.Q(('employee', models.F('substitute')), _negated=True), name='substitution_by_another')],
                    },
                ),
            ],
        ),
    ]
