import django.db.models.deletion
import zabota.common.first_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('cases', '0001_initial'), ('cases', '0002_initial'), ('cases', '0003_initial'), ('cases', '0101_promise_overdue'), ('cases', '0102_moment_words'), ('cases', '0103_second_return'), ('cases', '0104_moment_of_signing'), ('cases', '0105_moment_of_original'), ('cases', '0106_contract_duty'), ('cases', '0107_moments_of_tickets'), ('cases', '0108_beyond'), ('cases', '0109_worth'), ('cases', '0110_explained'), ('cases', '0111_moment_of_explanation'), ('cases', '0112_verdicts'), ('cases', '0113_rules_of_what_repeats'), ('cases', '0114_look_on'), ('cases', '0120_scripts'), ('cases', '0130_links'), ('cases', '0140_measured'), ('cases', '0141_moment_of_alarm'), ('cases', '0170_moments_of_orders'), ('cases', '0180_moments_of_holds'), ('cases', '0181_client_list_by_kind'), ('cases', '0190_moment_of_mention'), ('cases', '0200_moments_of_referrals')]

    initial = True

    dependencies = [
        ('clients', '0001_house'),
        ('journal', '0001_house'),
        ('people', '0001_house'),
        ('people', '0002_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('number', models.CharField(max_length=60, unique=True)),
                        ('client_number', models.CharField(blank=True, max_length=60)),
                        ('title', models.CharField(max_length=300)),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='clients.client')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.employee')),
                        ('state', models.CharField(max_length=20)),
                        ('audience', models.CharField(choices=[('both', 'Both'), ('ours', 'Ours'), ('theirs', 'Theirs')], default='both', max_length=6)),
                        ('needed_by', models.DateField(null=True)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case', to='journal.stream')),
                        ('opened_at', models.DateTimeField()),
                        ('touched_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('search', models.TextField(default='')),
                        ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['kind', '-touched_at', '-id'], name='case_list'), models.Index(fields=['kind', 'state', '-touched_at', '-id'], name='case_state_list'), models.Index(fields=['client', 'kind', '-touched_at', '-id'], name='case_client_kind_list'), models.Index(fields=['owner', '-touched_at', '-id'], name='case_owner_list'), models.Index(fields=['kind', 'opened_at'], name='case_opened'), models.Index(fields=['kind', 'closed_at'], name='case_closed')],
                    },
                ),
                migrations.CreateModel(
                    name='Link',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='cases.case')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked', to='cases.case')),
                        ('kind', models.CharField(choices=[('concerns', 'Concerns'), ('part', 'Is part of'), ('caused', 'Was caused by'), ('duplicate', 'Is a duplicate of'), ('merged', 'Was merged into'), ('split', 'Was split from')], max_length=10)),
                        ('kept', models.JSONField(default=dict)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('one', 'other', 'kind'), name='linked_once'), models.UniqueConstraint(condition=models.Q(('kind', 'part'), ('undone_at', None)), fields=('one',), name='part_of_one'), models.UniqueConstraint(condition=models.Q(('kind', 'merged'), ('undone_at', None)), fields=('one',), name='merged_once'), models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='linked_to_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Moment',
                    fields=[
                        ('slug', models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ('name_ru', models.CharField(max_length=120)),
                        ('name_en', models.CharField(max_length=120)),
                        ('weight', models.PositiveSmallIntegerField(default=1)),
                        ('explained_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                    ],
                ),
                migrations.CreateModel(
                    name='Promise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='cases.case')),
                        ('moment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='cases.moment')),
                        ('words_ru', models.CharField(max_length=300)),
                        ('words_en', models.CharField(max_length=300)),
                        ('audience', models.CharField(choices=[('both', 'Both'), ('ours', 'Ours'), ('theirs', 'Theirs')], default='both', max_length=6)),
                        ('turn', models.CharField(choices=[('ours', 'Ours'), ('theirs', 'Theirs')], default='ours', max_length=6)),
                        ('state', models.CharField(choices=[('planned', 'planned'), ('running', 'running'), ('paused', 'clock stands'), ('kept', 'done'), ('replaced', 'renegotiated'), ('dropped', 'no longer needed')], max_length=8)),
                        ('allowed_minutes', models.PositiveIntegerField(null=True)),
                        ('promised_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('first_due_at', models.DateTimeField(null=True)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('outcome', models.CharField(blank=True, max_length=12)),
                        ('overdue', models.CharField(choices=[('escalate', 'the lead is told'), ('remind', 'only whoever has it is reminded'), ('wait', 'nothing')], default='escalate', max_length=8)),
                        ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.promise')),
                        ('agreed_at', models.DateTimeField(null=True)),
                        ('worth_start', models.PositiveSmallIntegerField(default=0)),
                        ('used_minutes', models.PositiveIntegerField(null=True)),
                        ('warned_at', models.DateTimeField(null=True)),
                        ('escalated_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'running')), fields=['due_at'], name='promise_due'), models.Index(fields=['case', 'state'], name='promise_case'), models.Index(fields=['moment', 'started_at'], name='promise_of_moment'), models.Index(condition=models.Q(('settled_at__isnull', False), ('used_minutes__isnull', True)), fields=['id'], name='promise_unmeasured')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state__in', ['planned', 'running', 'paused'])), models.Q(('settled_at__isnull', False), ('state__in', ['kept', 'replaced', 'dropped'])), _connector='OR'), name='promise_settled_when_over'), models.CheckConstraint(condition=models.Q(('outcome', ''), ('settled_at__isnull', False), _connector='OR'), name='promise_outcome_when_over'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['running', 'paused']), _negated=True), models.Q(('due_at__isnull', False), ('started_at__isnull', False)), models.Q(('started_at__isnull', False), ('turn', 'theirs')), _connector='OR'), name='promise_running_has_clock')],
                    },
                ),
                migrations.CreateModel(
                    name='Pause',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='cases.promise')),
                        ('started_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('asked', models.TextField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('promise',), name='one_open_pause'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='pause_ends_after_start')],
                    },
                ),
                migrations.CreateModel(
                    name='Holder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='cases.case')),
                        ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='cases.promise')),
                        ('seat', models.PositiveSmallIntegerField(default=0)),
                        ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='people.employee')),
                        ('through', models.CharField(choices=[('direct', 'Direct'), ('team', 'Team'), ('power', 'Power'), ('substitution', 'Substitution'), ('lead', 'Lead'), ('administrator', 'Administrator'), ('last_resort', 'Last Resort'), ('watch', 'Watch'), ('merged', 'Merged')], default='direct', max_length=14)),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.team')),
                        ('for_employee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_for', to='people.employee')),
                        ('rank_at', models.DateTimeField(null=True)),
                        ('outcome', models.CharField(blank=True, max_length=12)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('rank_at__isnull', False)), fields=['employee', 'rank_at', 'id'], name='holder_today'), models.Index(fields=['employee', 'case'], name='holder_access')],
                        'constraints': [models.UniqueConstraint(fields=('promise', 'seat', 'employee'), name='holder_once_per_seat')],
                    },
                ),
                migrations.CreateModel(
                    name='Explanation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='cases.case')),
                        ('promise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='explanation', to='cases.promise')),
                        ('asked', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='explains', to='cases.promise')),
                        ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('cause', models.CharField(blank=True, choices=[('hands', 'Too few hands'), ('missed', 'We overlooked it'), ('facts', 'We lacked facts'), ('colleagues', 'Colleagues did not answer in time'), ('partner', 'A partner or supplier let us down'), ('breakdown', 'Equipment or software failed'), ('term', 'We promised too short a time'), ('client', 'The client changed what is needed'), ('other', 'Something else')], max_length=12)),
                        ('words', models.TextField(blank=True)),
                        ('told', models.TextField(blank=True)),
                        ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('explained_at', models.DateTimeField(null=True)),
                        ('raised_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('explained_at__isnull', True)), fields=['id'], name='explanation_waits')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cause', ''), ('explained_at', None), ('explained_by', None)), models.Q(('explained_at__isnull', False), ('explained_by__isnull', False), models.Q(('cause', ''), _negated=True)), _connector='OR'), name='explanation_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Deviation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='cases.case')),
                        ('rule', models.CharField(max_length=200)),
                        ('rule_key', models.CharField(max_length=200)),
                        ('reason', models.TextField()),
                        ('cost', models.DecimalField(decimal_places=2, max_digits=18)),
                        ('currency', models.CharField(max_length=3)),
                        ('told', models.TextField(blank=True)),
                        ('state', models.CharField(choices=[('asked', 'asked'), ('granted', 'done'), ('refused', 'refused')], max_length=8)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('asked_at', models.DateTimeField()),
                        ('promise', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviation', to='cases.promise')),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answer', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', 'rule_key', 'asked_at'], name='deviation_repeats')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('promise__isnull', False), ('state', 'asked')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state__in', ['granted', 'refused'])), _connector='OR'), name='deviation_answered_by_somebody'), models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='deviation_costs_no_less')],
                    },
                ),
                migrations.CreateModel(
                    name='RuleOffer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rule_key', models.CharField(db_index=True, max_length=200)),
                        ('rule', models.CharField(max_length=200)),
                        ('made', models.BooleanField()),
                        ('words', models.TextField(blank=True)),
                        ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('settled_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('made', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='rule_made_in_words')],
                    },
                ),
                migrations.CreateModel(
                    name='Script',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_ru', models.CharField(max_length=120)),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('occasions', models.JSONField(default=list)),
                        ('trained_only', models.BooleanField(default=False)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='script', to='journal.stream')),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='ScriptEdition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('script', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='cases.script')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('content', models.JSONField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('script', 'number'), name='script_edition_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='script_edition_from_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Following',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followings', to='cases.case')),
                        ('script', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followings', to='cases.script')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followings', to='cases.scriptedition')),
                        ('begun_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('case', 'script'), name='script_followed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Series',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=40)),
                        ('year', models.PositiveSmallIntegerField()),
                        ('last', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('name', 'year'), name='one_series')],
                    },
                ),
                migrations.CreateModel(
                    name='StepDone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('following', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='cases.following')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('note', models.TextField(blank=True)),
                        ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('done_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('following', 'number'), name='script_step_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Verdict',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='cases.case')),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='clients.contact')),
                        ('asked_at', models.DateTimeField()),
                        ('given_at', models.DateTimeField(null=True)),
                        ('helped', models.CharField(blank=True, choices=[('yes', 'It helped'), ('partly', 'It helped in part'), ('no', 'It did not help')], max_length=6)),
                        ('effort', models.PositiveSmallIntegerField(null=True)),
                        ('words', models.TextField(blank=True)),
                        ('followed_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follows', to='cases.case')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['contact', '-asked_at'], name='verdict_of_contact'), models.Index(fields=['case'], name='verdict_of_case')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('given_at', None)), fields=('case', 'contact'), name='verdict_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('given_at', None), ('helped', '')), models.Q(('given_at__isnull', False), models.Q(('helped', ''), _negated=True)), _connector='OR'), name='verdict_given_in_a_word'), models.CheckConstraint(condition=models.Q(('effort', None), models.Q(('effort__gte', 1), ('effort__lte', 7)), _connector='OR'), name='verdict_effort_of_seven')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='script',
            name='edition',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.scriptedition'),
        ),
    ]
