import django.db.models.deletion
import django.db.models.functions.comparison
import zabota.common.first_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('clients', '0001_initial'), ('clients', '0002_initial'), ('clients', '0003_client_by_name'), ('clients', '0004_english_details'), ('clients', '0005_signatory_in_genitive'), ('clients', '0006_merging'), ('clients', '0007_sameness'), ('clients', '0008_worth'), ('clients', '0009_strangers'), ('clients', '0030_purchase_fits'), ('clients', '0040_orders_come_in'), ('clients', '0041_purchases_told'), ('clients', '0060_birthdays')]

    initial = True

    dependencies = [
        ('common', '0001_house'),
        ('journal', '0001_house'),
        ('people', '0001_house'),
        ('people', '0002_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='Reckoning',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(null=True, unique=True)),
                        ('at', models.DateTimeField()),
                        ('clients', models.PositiveIntegerField()),
                        ('ranked_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Client',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('company', 'Company'), ('person', 'Person')], default='company', max_length=8)),
                        ('name', models.CharField(max_length=300)),
                        ('short_name', models.CharField(blank=True, max_length=200)),
                        ('inn', models.CharField(blank=True, db_index=True, max_length=12)),
                        ('kpp', models.CharField(blank=True, max_length=9)),
                        ('ogrn', models.CharField(blank=True, max_length=15)),
                        ('address', models.CharField(blank=True, max_length=500)),
                        ('postal_address', models.CharField(blank=True, max_length=500)),
                        ('bank', models.CharField(blank=True, max_length=200)),
                        ('bik', models.CharField(blank=True, max_length=9)),
                        ('account', models.CharField(blank=True, max_length=20)),
                        ('corr_account', models.CharField(blank=True, max_length=20)),
                        ('signatory', models.CharField(blank=True, max_length=200)),
                        ('signatory_position', models.CharField(blank=True, max_length=200)),
                        ('authority', models.CharField(blank=True, max_length=200)),
                        ('name_en', models.CharField(blank=True, max_length=300)),
                        ('short_name_en', models.CharField(blank=True, max_length=200)),
                        ('address_en', models.CharField(blank=True, max_length=500)),
                        ('bank_en', models.CharField(blank=True, max_length=200)),
                        ('signatory_en', models.CharField(blank=True, max_length=200)),
                        ('signatory_position_en', models.CharField(blank=True, max_length=200)),
                        ('authority_en', models.CharField(blank=True, max_length=200)),
                        ('signatory_gen', models.CharField(blank=True, max_length=200)),
                        ('signatory_position_gen', models.CharField(blank=True, max_length=200)),
                        ('authority_gen', models.CharField(blank=True, max_length=200)),
                        ('phone', models.CharField(blank=True, max_length=40)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('relation', models.CharField(blank=True, choices=[('', 'Not known yet'), ('relationship', 'Relationship client'), ('deal', 'Deal client')], max_length=12)),
                        ('note', models.TextField(blank=True)),
                        ('language', models.CharField(default='ru', max_length=2)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clients', to='people.employee')),
                        ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='clients.client')),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='journal.stream')),
                        ('made_at', models.DateTimeField()),
                        ('search', models.TextField(default='')),
                        ('worth', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                        ('since', models.DateField(null=True)),
                        ('worth_start', models.PositiveSmallIntegerField(default=0)),
                        ('refused_at', models.DateTimeField(null=True)),
                        ('looked_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['search', 'id'], name='client_by_name'), models.Index(django.db.models.functions.comparison.Coalesce(models.F('root'), models.F('id')), name='client_whole'), models.Index(condition=models.Q(('looked_at', None)), fields=['id'], name='client_to_look_at')],
                    },
                ),
                migrations.CreateModel(
                    name='Contact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='clients.client')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=200)),
                        ('name_en', models.CharField(blank=True, max_length=200)),
                        ('position', models.CharField(blank=True, max_length=160)),
                        ('position_en', models.CharField(blank=True, max_length=160)),
                        ('birthday', models.CharField(blank=True, max_length=5)),
                        ('role', models.CharField(choices=[('owner', 'Owner: everything, invites colleagues'), ('edits', 'Edits contracts and submits them'), ('sees', 'Sees'), ('signs', 'Sees and signs')], default='sees', max_length=6)),
                        ('sees_debt', models.BooleanField(default=False)),
                        ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('birthday', ''), _negated=True), fields=['birthday'], name='contact_by_birthday')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None), ('user__isnull', False)), fields=('client', 'user'), name='contact_once_per_client')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='clients.contact')),
                        ('purpose', models.CharField(max_length=40)),
                        ('text_version', models.CharField(max_length=40)),
                        ('source', models.CharField(max_length=80)),
                        ('given_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='ContactPoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='clients.contact')),
                        ('kind', models.CharField(choices=[('email', 'E-mail'), ('phone', 'Phone'), ('messenger', 'Messenger'), ('address', 'Address')], max_length=10)),
                        ('value', models.CharField(max_length=254)),
                        ('normal', models.CharField(db_index=True, max_length=254)),
                        ('preferred', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('clients', 'Clients'), ('purchases', 'Purchases'), ('orders', 'Orders'), ('payments', 'Payments'), ('commerceml', 'Exchange of 1C: orders and papers (CommerceML)'), ('statement', 'Statement of a bank (1C format)')], max_length=12)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.file')),
                        ('name', models.CharField(max_length=200)),
                        ('columns', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('tried', 'being looked at'), ('waiting', 'waits for its turn'), ('running', 'being taken in'), ('done', 'taken in')], default='tried', max_length=8)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('new', models.PositiveIntegerField(default=0)),
                        ('changed', models.PositiveIntegerField(default=0)),
                        ('wrong', models.PositiveIntegerField(default=0)),
                        ('faults', models.JSONField(default=list)),
                        ('changes', models.JSONField(default=list)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('made_at', models.DateTimeField()),
                        ('claimed_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['id'], name='import_under_way')],
                    },
                ),
                migrations.CreateModel(
                    name='Likeness',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client')),
                        ('doubt', models.PositiveSmallIntegerField()),
                        ('why', models.JSONField(default=list)),
                        ('found_at', models.DateTimeField()),
                        ('told_apart_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('told_apart_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('told_apart_at', None)), fields=['doubt', 'id'], name='likeness')],
                        'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='likeness_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='likeness_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Merging',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergings', to='clients.client')),
                        ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='took_in', to='clients.client')),
                        ('reason', models.CharField(max_length=500)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('client',), name='merged_into_one'), models.CheckConstraint(condition=models.Q(('client', models.F('into')), _negated=True), name='merged_into_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Purchase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='clients.client')),
                        ('day', models.DateField()),
                        ('sum', models.DecimalField(decimal_places=2, max_digits=18)),
                        ('margin', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                        ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                        ('came_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='clients.import')),
                        ('mark', models.CharField(max_length=64, unique=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['client', '-day'], name='purchase_of_client')],
                    },
                ),
                migrations.CreateModel(
                    name='PurchaseFit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True)),
                        ('state', models.CharField(choices=[('waiting', 'waits for its turn'), ('running', 'is being reckoned'), ('done', 'is reckoned')], default='waiting', max_length=8)),
                        ('done', models.PositiveSmallIntegerField(default=0)),
                        ('basis', models.CharField(choices=[('model', 'the model of purchases'), ('base', 'base rates'), ('none', 'nothing yet')], default='none', max_length=5)),
                        ('clients', models.PositiveIntegerField(default=0)),
                        ('again', models.PositiveIntegerField(default=0)),
                        ('purchases', models.PositiveIntegerField(default=0)),
                        ('newest', models.PositiveBigIntegerField(default=0)),
                        ('figures', models.JSONField(default=dict)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('made_at', models.DateTimeField()),
                        ('claimed_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['id'], name='fit_under_way')],
                    },
                ),
                migrations.CreateModel(
                    name='PurchaseReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='clients.purchase')),
                        ('day', models.DateField()),
                        ('sum', models.DecimalField(decimal_places=2, max_digits=18)),
                        ('margin', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                        ('mark', models.CharField(max_length=64, unique=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('sum__gt', 0)), name='return_above_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='SameKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='same_keys', to='clients.client')),
                        ('key', models.CharField(max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['key', 'client'], name='same_key')],
                    },
                ),
            ],
        ),
    ]
