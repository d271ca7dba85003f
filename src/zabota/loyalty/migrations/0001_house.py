import django.db.models.deletion
import uuid
import zabota.common.first_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('loyalty', '0001_initial')]

    initial = True

    dependencies = [
        ('clients', '0001_house'),
        ('journal', '0001_house'),
        ('people', '0001_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='Tier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_ru', models.CharField(max_length=60)),
                        ('name_en', models.CharField(max_length=60)),
                        ('least', models.DecimalField(decimal_places=2, max_digits=18)),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('least',), name='loyalty_tier_once_per_sum')],
                    },
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=40, unique=True)),
                        ('name_ru', models.CharField(max_length=60)),
                        ('name_en', models.CharField(max_length=60)),
                        ('one_ru', models.CharField(max_length=60)),
                        ('few_ru', models.CharField(max_length=60)),
                        ('many_ru', models.CharField(max_length=60)),
                        ('one_en', models.CharField(max_length=60)),
                        ('many_en', models.CharField(max_length=60)),
                        ('pays', models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                        ('pays_share', models.PositiveSmallIntegerField(default=100)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pays', None), ('pays__gt', 0), _connector='OR'), name='loyalty_unit_pays_something'), models.CheckConstraint(condition=models.Q(('pays_share__gte', 1), ('pays_share__lte', 100)), name='loyalty_unit_share')],
                    },
                ),
                migrations.CreateModel(
                    name='EarnRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('occasion', models.CharField(choices=[('purchase', 'Purchase'), ('mention', 'Mention thanked for'), ('referral', 'Recommendation'), ('event', 'Event'), ('birthday', 'Birthday'), ('gift', 'Gift')], max_length=10)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='loyalty.unit')),
                        ('rate', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                        ('amount', models.PositiveIntegerField(null=True)),
                        ('least', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                        ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                        ('tier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='loyalty.tier')),
                        ('may_owe', models.BooleanField(default=False)),
                        ('from_day', models.DateField()),
                        ('until_day', models.DateField(null=True)),
                        ('void', models.BooleanField(default=False)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['occasion', 'from_day'], name='loyalty_rule_of_occasion')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount', None), ('occasion', 'purchase'), ('rate__gt', 0)), models.Q(('amount__gt', 0), ('rate', None)), _connector='OR'), name='loyalty_rule_gives_one_way'), models.CheckConstraint(condition=models.Q(('until_day', None), ('until_day__gte', models.F('from_day')), _connector='OR'), name='loyalty_rule_ends_after_start')],
                    },
                ),
                migrations.CreateModel(
                    name='Expiry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('months', models.PositiveSmallIntegerField()),
                        ('notices', models.PositiveSmallIntegerField()),
                        ('lead_days', models.PositiveSmallIntegerField()),
                        ('reason_ru', models.TextField()),
                        ('reason_en', models.TextField(blank=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('only', models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('only',), name='loyalty_one_expiry'), models.CheckConstraint(condition=models.Q(('only', 1)), name='loyalty_expiry_is_the_one'), models.CheckConstraint(condition=models.Q(('lead_days__gte', models.F('notices')), ('months__gte', 1), ('notices__gte', 1)), name='loyalty_expiry_is_announced')],
                    },
                ),
                migrations.CreateModel(
                    name='Transfer',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('earn', 'earned'), ('spend', 'spent'), ('give_back', 'given back'), ('take_back', 'taken back with returned goods'), ('expire', 'expired')], max_length=10)),
                        ('mark', models.CharField(max_length=160)),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='clients.client')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='loyalty.unit')),
                        ('amount', models.PositiveBigIntegerField()),
                        ('occasion', models.CharField(blank=True, choices=[('purchase', 'Purchase'), ('mention', 'Mention thanked for'), ('referral', 'Recommendation'), ('event', 'Event'), ('birthday', 'Birthday'), ('gift', 'Gift')], max_length=10)),
                        ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                        ('receipt', models.CharField(blank=True, max_length=60)),
                        ('reverses', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='loyalty.transfer')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['client', '-at'], name='loyalty_transfer_of_client'), models.Index(fields=['unit', 'at'], name='loyalty_transfer_of_unit')],
                        'constraints': [models.UniqueConstraint(fields=('mark', 'unit'), name='loyalty_transfer_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='loyalty_transfer_moves')],
                    },
                ),
                migrations.CreateModel(
                    name='Batch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='clients.client')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='loyalty.unit')),
                        ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='batch', to='loyalty.transfer')),
                        ('amount', models.PositiveBigIntegerField()),
                        ('left', models.BigIntegerField()),
                        ('occasion', models.CharField(choices=[('purchase', 'Purchase'), ('mention', 'Mention thanked for'), ('referral', 'Recommendation'), ('event', 'Event'), ('birthday', 'Birthday'), ('gift', 'Gift')], max_length=10)),
                        ('rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loyalty.earnrule')),
                        ('may_owe', models.BooleanField(default=False)),
                        ('earned_at', models.DateTimeField()),
                        ('expiry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='loyalty.expiry')),
                        ('expires_on', models.DateField(null=True)),
                        ('look_on', models.DateField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('left', 0), _negated=True), fields=['client', 'unit'], name='loyalty_batch_of_client'), models.Index(condition=models.Q(('left__gt', 0)), fields=['look_on'], name='loyalty_batch_to_look_at'), models.Index(fields=['client', '-earned_at'], name='loyalty_batch_history')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('left__gte', 0), ('may_owe', True), _connector='OR'), name='loyalty_batch_not_below_zero'), models.CheckConstraint(condition=models.Q(('left__lte', models.F('amount'))), name='loyalty_batch_not_above_earned'), models.CheckConstraint(condition=models.Q(('expires_on', None), ('expiry__isnull', False), _connector='OR'), name='loyalty_batch_expires_by_policy')],
                    },
                ),
                migrations.CreateModel(
                    name='ExpiryNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='loyalty.batch')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('day', models.DateField()),
                        ('left', models.PositiveBigIntegerField()),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('batch', 'day', 'number'), name='loyalty_notice_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Reward',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('goods', 'Goods'), ('gift', 'A gift'), ('voucher', 'A voucher'), ('offer', 'An offer before others')], max_length=8)),
                        ('name_ru', models.CharField(max_length=120)),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('words_ru', models.TextField(blank=True)),
                        ('words_en', models.TextField(blank=True)),
                        ('after_ru', models.TextField(blank=True)),
                        ('after_en', models.TextField(blank=True)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rewards', to='loyalty.unit')),
                        ('price', models.PositiveIntegerField()),
                        ('stock', models.PositiveIntegerField(null=True)),
                        ('from_day', models.DateField()),
                        ('until_day', models.DateField(null=True)),
                        ('early_tier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loyalty.tier')),
                        ('early_day', models.DateField(null=True)),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('price__gt', 0)), name='loyalty_reward_has_price'), models.CheckConstraint(condition=models.Q(models.Q(('early_day', None), ('early_tier', None)), models.Q(('early_day__isnull', False), ('early_tier__isnull', False)), _connector='OR'), name='loyalty_reward_early_for_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='TakenBack',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='loyalty.batch')),
                        ('mark', models.CharField(max_length=160)),
                        ('wanted', models.PositiveBigIntegerField()),
                        ('taken', models.PositiveBigIntegerField()),
                        ('transfer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='loyalty.transfer')),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('batch', 'mark'), name='loyalty_taken_back_once'), models.CheckConstraint(condition=models.Q(('taken__lte', models.F('wanted'))), name='loyalty_taken_not_more')],
                    },
                ),
                migrations.CreateModel(
                    name='Claim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='loyalty.reward')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='clients.client')),
                        ('transfer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='loyalty.transfer')),
                        ('code', models.CharField(max_length=20, unique=True)),
                        ('state', models.CharField(choices=[('taken', 'to be handed over'), ('given', 'handed over'), ('called_back', 'called back, the points were given back')], default='taken', max_length=11)),
                        ('over_stock', models.BooleanField(default=False)),
                        ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_at', models.DateTimeField()),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['client', '-taken_at'], name='loyalty_claim_of_client'), models.Index(condition=models.Q(('state', 'taken')), fields=['-id'], name='loyalty_claim_open')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'taken')), models.Q(models.Q(('state', 'taken'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='loyalty_claim_ends')],
                    },
                ),
                migrations.CreateModel(
                    name='Posting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='loyalty.transfer')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loyalty.unit')),
                        ('account', models.CharField(choices=[('issued', 'Issued'), ('held', 'With clients'), ('spent', 'Spent'), ('returned', 'Taken back'), ('expired', 'Expired')], max_length=8)),
                        ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='loyalty.batch')),
                        ('amount', models.BigIntegerField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'account', 'amount'], name='loyalty_posting_sums')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('account', 'held'), ('batch__isnull', False)), models.Q(models.Q(('account', 'held'), _negated=True), ('batch', None)), _connector='OR'), name='loyalty_posting_of_batch'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='loyalty_posting_moves')],
                    },
                ),
                migrations.CreateModel(
                    name='Card',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='clients.client')),
                        ('number', models.CharField(max_length=40, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['client'], name='loyalty_card_of_client')],
                    },
                ),
            ],
        ),
    ]
