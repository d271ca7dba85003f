"""Budgets of care, gifts, limits, thanks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0141_moment_of_alarm'),
        ('clients', '0009_strangers'),
        ('journal', '0003_guard'),
        ('outreach', '0004_gates'),
        ('people', '0050_care_powers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('base', models.DecimalField(decimal_places=2, max_digits=18)),
                ('carried', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ('total', models.DecimalField(decimal_places=2, max_digits=18)),
                ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ('currency', models.CharField(max_length=3)),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allowances', to='people.employee')),
            ],
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sum', models.DecimalField(decimal_places=2, max_digits=18)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('set_at', models.DateTimeField()),
                ('employee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='goodwill_budget', to='people.employee')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
        ),
        migrations.CreateModel(
            name='CallingCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=16, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calling_cards', to='people.employee')),
            ],
        ),
        migrations.CreateModel(
            name='Gift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('goods', 'Goods'), ('discount', 'Discount'), ('points', 'Points'), ('delivery', 'Delivery'), ('flowers', 'Flowers'), ('own', 'My own idea'), ('thanks', 'Just thanks')], max_length=8)),
                ('what', models.CharField(blank=True, max_length=200)),
                ('percent', models.PositiveSmallIntegerField(null=True)),
                ('points', models.PositiveIntegerField(null=True)),
                ('occasion', models.CharField(max_length=120)),
                ('words', models.TextField(blank=True)),
                ('cost', models.DecimalField(decimal_places=2, max_digits=18)),
                ('currency', models.CharField(max_length=3)),
                ('paid_by', models.CharField(choices=[('budget', 'budget of care'), ('moment', 'making good')], default='budget', max_length=6)),
                ('to_stranger', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('given', 'given'), ('claimed', 'taken'), ('used', 'used'), ('withdrawn', 'taken back'), ('lapsed', 'lapsed')], default='given', max_length=9)),
                ('given_at', models.DateTimeField()),
                ('claim_until', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('use_until', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('receipt', models.CharField(blank=True, max_length=80)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('lapsed_at', models.DateTimeField(null=True)),
                ('salt', models.CharField(max_length=32)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('claim_key', models.CharField(blank=True, max_length=40)),
                ('thanks', models.TextField(blank=True)),
                ('thanked_at', models.DateTimeField(null=True)),
                ('allowance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='goodwill.allowance')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='cases.case')),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='clients.client')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='clients.contact')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='people.employee')),
                ('moment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.moment')),
                ('promise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='cases.promise')),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
            ],
        ),
        migrations.CreateModel(
            name='CardLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came_at', models.DateTimeField()),
                ('put_aside_at', models.DateTimeField(null=True)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='goodwill.callingcard')),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='card_letter', to='outreach.received')),
                ('gift', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='card_letter', to='goodwill.gift')),
            ],
        ),
        migrations.CreateModel(
            name='Good',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ru', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('cost', models.DecimalField(decimal_places=2, max_digits=18)),
                ('currency', models.CharField(max_length=3)),
                ('stock', models.PositiveIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='good_costs_no_less')],
            },
        ),
        migrations.AddField(
            model_name='gift',
            name='good',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='goodwill.good'),
        ),
        migrations.CreateModel(
            name='LegalLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(choices=[('official', 'officials: state and municipal employees'), ('company', 'companies and those who speak for them'), ('person', 'persons')], max_length=8)),
                ('span', models.CharField(choices=[('gift', 'one gift'), ('year', 'all gifts of a calendar year')], max_length=4)),
                ('most', models.DecimalField(decimal_places=2, max_digits=18)),
                ('currency', models.CharField(default='RUB', max_length=3)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('source_ru', models.CharField(max_length=300)),
                ('source_en', models.CharField(blank=True, max_length=300)),
                ('why_ru', models.TextField(blank=True)),
                ('why_en', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('most__gte', 0)), name='legal_limit_is_a_sum'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='legal_limit_has_days')],
            },
        ),
        migrations.CreateModel(
            name='ReceivedThanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('way', models.CharField(choices=[('room', 'in the room'), ('letter', 'by the link in a letter')], max_length=6)),
                ('received_at', models.DateTimeField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='cases.case')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks_given', to='clients.client')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='thanks_given', to='clients.contact')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks_received', to='people.employee')),
            ],
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('official', models.BooleanField(default=False)),
                ('set_at', models.DateTimeField()),
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recipient', to='clients.client')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
        ),
        migrations.CreateModel(
            name='SaidThanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('said_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks_said', to='clients.client')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks_said', to='people.employee')),
                ('purchase', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='clients.purchase')),
            ],
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ('currency', models.CharField(default='RUB', max_length=3)),
                ('period', models.CharField(choices=[('month', 'a month'), ('quarter', 'a quarter'), ('year', 'a year')], default='month', max_length=8)),
                ('unspent', models.CharField(choices=[('lapse', 'it lapses'), ('carry', 'it is carried over'), ('up_to', 'it is carried over up to a sum')], default='lapse', max_length=6)),
                ('carry_most', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ('person_year_most', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('company_year_most', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('point_cost', models.DecimalField(decimal_places=2, default=1, max_digits=18)),
                ('claim_days', models.PositiveSmallIntegerField(default=30)),
                ('use_days', models.PositiveSmallIntegerField(default=90)),
                ('consent_ru', models.TextField(blank=True)),
                ('consent_en', models.TextField(blank=True)),
                ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.stream')),
            ],
        ),
        migrations.AddIndex(
            model_name='allowance',
            index=models.Index(fields=['employee', '-ends'], name='allowance_now'),
        ),
        migrations.AddConstraint(
            model_name='allowance',
            constraint=models.UniqueConstraint(fields=('employee', 'starts'), name='allowance_once'),
        ),
        migrations.AddConstraint(
            model_name='allowance',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='allowance_has_days'),
        ),
        migrations.AddConstraint(
            model_name='allowance',
            constraint=models.CheckConstraint(condition=models.Q(('spent__gte', 0), ('spent__lte', models.F('total'))), name='allowance_not_overspent'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('sum__gte', 0)), name='goodwill_budget_is_no_debt'),
        ),
        migrations.AddConstraint(
            model_name='callingcard',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('employee',), name='one_calling_card'),
        ),
        migrations.AddIndex(
            model_name='cardletter',
            index=models.Index(condition=models.Q(('gift', None), ('put_aside_at', None)), fields=['card', '-id'], name='card_letter_waiting'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(fields=['employee', '-given_at'], name='gift_of_employee'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(fields=['client', '-given_at'], name='gift_of_client'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(fields=['-given_at', '-id'], name='gift_list'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(condition=models.Q(('state', 'given')), fields=['claim_until'], name='gift_lapses'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(condition=models.Q(('state', 'claimed')), fields=['use_until'], name='gift_unused'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_at', None), ('state', 'given'), ('used_at', None), ('withdrawn_at', None), ('lapsed_at', None)), models.Q(('claimed_at__isnull', False), ('state', 'claimed'), ('used_at', None), ('lapsed_at', None), ('withdrawn_at', None)), models.Q(('claimed_at__isnull', False), ('state', 'used'), ('used_at__isnull', False), ('lapsed_at', None), ('withdrawn_at', None)), models.Q(('lapsed_at', None), ('state', 'withdrawn'), ('used_at', None), ('withdrawn_at__isnull', False)), models.Q(('lapsed_at__isnull', False), ('state', 'lapsed'), ('used_at', None), ('withdrawn_at', None)), _connector='OR'), name='gift_state_is_its_moments'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('allowance', None), ('moment__isnull', False), ('paid_by', 'moment'), ('promise__isnull', False)), models.Q(('allowance__isnull', False), ('moment', None), ('paid_by', 'budget'), ('promise', None)), models.Q(('cost', 0), ('moment', None), ('paid_by', 'budget'), ('promise', None)), _connector='OR'), name='gift_is_paid_by_one'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='gift_costs_no_less'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'goods'), _negated=True), ('good__isnull', False), _connector='OR'), name='gift_of_goods_names_them'),
        ),
        migrations.AddIndex(
            model_name='receivedthanks',
            index=models.Index(fields=['employee', '-received_at'], name='thanks_received_by'),
        ),
        migrations.AddIndex(
            model_name='saidthanks',
            index=models.Index(fields=['employee', '-said_at'], name='thanks_said_by'),
        ),
        migrations.AddConstraint(
            model_name='terms',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='goodwill_one_terms'),
        ),
        migrations.AddConstraint(
            model_name='terms',
            constraint=models.CheckConstraint(condition=models.Q(('base__gte', 0)), name='goodwill_base_is_no_debt'),
        ),
    ]
