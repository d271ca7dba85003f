import django.db.models.deletion
import zabota.common.first_tables
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('referrals', '0001_initial')]

    initial = True

    dependencies = [
        ('cases', '0001_house'),
        ('clients', '0001_house'),
        ('loyalty', '0001_house'),
        ('people', '0002_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='ReferralLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('own', 'Personal link'), ('sheet', 'Joint questionnaire')], default='own', max_length=5)),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referral_links', to='clients.client')),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referral_links', to='clients.contact')),
                        ('shown_as', models.CharField(choices=[('full', 'My full name'), ('first', 'My first name only'), ('company', 'Only my company'), ('nobody', 'No name')], default='first', max_length=7)),
                        ('words', models.TextField(blank=True)),
                        ('device', models.CharField(blank=True, max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'own'), ('revoked_at', None)), fields=('contact',), name='one_own_referral_link')],
                    },
                ),
                migrations.CreateModel(
                    name='Brochure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title_ru', models.CharField(max_length=120)),
                        ('title_en', models.CharField(max_length=120)),
                        ('text_ru', models.TextField()),
                        ('text_en', models.TextField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('made_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Questionnaire',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('told', models.JSONField(default=list)),
                        ('needed', models.JSONField(default=list)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('made_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Referral',
                    fields=[
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='cases.case')),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='referrals.referrallink')),
                        ('recommender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='clients.client')),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='clients.contact')),
                        ('tool', models.CharField(choices=[('link', 'link'), ('qr', 'QR code'), ('paper', 'brochure'), ('letter', 'letter'), ('sheet', 'joint questionnaire')], max_length=6)),
                        ('words', models.TextField(blank=True)),
                        ('wish', models.CharField(choices=[('soon', 'As soon as you can'), ('day', 'On a day I choose'), ('self', 'I will get in touch myself')], max_length=4)),
                        ('promise', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referral', to='cases.promise')),
                        ('shares', models.CharField(choices=[('nothing', 'Nothing at all'), ('talked', 'That we talked'), ('bought', 'That we talked, and that I bought something')], default='nothing', max_length=7)),
                        ('was_client', models.BooleanField(default=False)),
                        ('is_new_card', models.BooleanField(default=False)),
                        ('same_device', models.BooleanField(default=False)),
                        ('talked_at', models.DateTimeField(null=True)),
                        ('talked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('note', models.TextField(blank=True)),
                        ('ending', models.CharField(blank=True, choices=[('not_now', 'Not now'), ('not_for_us', 'Not what we do'), ('unreached', 'Could not be reached'), ('not_them', 'They did not leave their details'), ('withdrawn', 'Asked not to be contacted')], max_length=10)),
                        ('purchase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='clients.purchase')),
                        ('bought_on', models.DateField(null=True)),
                        ('thanks_on', models.DateField(null=True)),
                        ('hits', models.JSONField(default=list)),
                        ('task', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referral_task', to='cases.promise')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('reason', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('thanks_on__isnull', False)), fields=['thanks_on'], name='referral_thanks')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('talked_at', None), ('talked_by', None)), models.Q(('talked_at__isnull', False), ('talked_by__isnull', False)), _connector='OR'), name='referral_talked_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('bought_on', None), ('purchase', None)), models.Q(('bought_on__isnull', False), ('purchase__isnull', False)), _connector='OR'), name='referral_bought_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('reason', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='referral_decided_with_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Terms',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('from_day', models.DateField()),
                        ('minimum', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                        ('hold_days', models.PositiveSmallIntegerField(default=14)),
                        ('yearly_limit', models.PositiveSmallIntegerField(default=12)),
                        ('lapse_times', models.PositiveSmallIntegerField(default=3)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('minimum__gte', 0)), name='terms_minimum_no_less'), models.CheckConstraint(condition=models.Q(('lapse_times__gte', 1)), name='terms_lapse_at_least')],
                    },
                ),
                migrations.CreateModel(
                    name='Thanks',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='referrals.referral')),
                        ('side', models.CharField(choices=[('recommender', 'whoever recommended'), ('friend', 'whoever came')], max_length=11)),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referral_thanks', to='clients.client')),
                        ('batch', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referral_thanks', to='loyalty.batch')),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['client', '-at'], name='referral_thanks_of_client')],
                        'constraints': [models.UniqueConstraint(fields=('referral', 'side'), name='thanked_once_per_side')],
                    },
                ),
                migrations.CreateModel(
                    name='Departure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to='clients.client')),
                        ('said_on', models.DateField()),
                        ('words', models.TextField(blank=True)),
                        ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('noted_at', models.DateTimeField()),
                        ('stayed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('stayed_at', None)), fields=('client',), name='departure_once'), models.CheckConstraint(condition=models.Q(('stayed_at', None), ('stayed_at__gte', models.F('noted_at')), _connector='OR'), name='departure_stayed_later')],
                    },
                ),
                migrations.CreateModel(
                    name='Sheet',
                    fields=[
                        ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='referrals.referrallink')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='referrals.questionnaire')),
                        ('told', models.JSONField(default=list)),
                        ('told_shown', models.BooleanField(default=False)),
                        ('needed', models.JSONField(default=list)),
                        ('needed_shown', models.BooleanField(default=False)),
                        ('filled_at', models.DateTimeField(null=True)),
                    ],
                ),
            ],
        ),
    ]
