import django.db.models.deletion
import zabota.common.first_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('voice', '0001_mentions')]

    initial = True

    dependencies = [
        ('cases', '0001_house'),
        ('clients', '0001_house'),
        ('common', '0001_house'),
        ('journal', '0001_house'),
        ('outreach', '0001_house'),
        ('people', '0001_house'),
        ('people', '0002_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='ReadyThanks',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place_kind', models.CharField(blank=True, choices=[('reviews', 'Site of reviews'), ('maps', 'Maps'), ('market', 'Marketplace'), ('social', 'Social network'), ('forum', 'Forum or blog'), ('press', 'Press'), ('heard', 'Said aloud'), ('other', 'Elsewhere')], max_length=8)),
                        ('for_trouble', models.BooleanField(default=False)),
                        ('text_ru', models.TextField()),
                        ('text_en', models.TextField()),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Source',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('feed', 'Feed (RSS or Atom)'), ('alerts', 'Letters of alerts, by IMAP'), ('hook', 'Signed notices (webhook)'), ('table', 'Tables of a monitoring service')], max_length=8)),
                        ('name', models.CharField(max_length=100)),
                        ('place_kind', models.CharField(choices=[('reviews', 'Site of reviews'), ('maps', 'Maps'), ('market', 'Marketplace'), ('social', 'Social network'), ('forum', 'Forum or blog'), ('press', 'Press'), ('heard', 'Said aloud'), ('other', 'Elsewhere')], default='other', max_length=8)),
                        ('url', models.CharField(blank=True, max_length=2000)),
                        ('mailbox', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='source', to='outreach.mailbox')),
                        ('key', models.CharField(max_length=40, unique=True)),
                        ('secret', models.TextField(blank=True)),
                        ('columns', models.JSONField(default=dict)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='source', to='journal.stream')),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('etag', models.CharField(blank=True, max_length=200)),
                        ('modified', models.CharField(blank=True, max_length=100)),
                        ('look_at', models.DateTimeField(null=True)),
                        ('looked_at', models.DateTimeField(null=True)),
                        ('fault', models.CharField(blank=True, max_length=300)),
                        ('fault_since', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='source_to_look_at')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='voice.source')),
                        ('mark', models.CharField(max_length=120)),
                        ('name', models.CharField(blank=True, max_length=200)),
                        ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.file')),
                        ('state', models.CharField(choices=[('tried', 'being looked at'), ('waiting', 'waits for its turn'), ('running', 'being taken in'), ('done', 'taken in')], default='waiting', max_length=8)),
                        ('columns', models.JSONField(default=dict)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('new', models.PositiveIntegerField(default=0)),
                        ('known', models.PositiveIntegerField(default=0)),
                        ('wrong', models.PositiveIntegerField(default=0)),
                        ('faults', models.JSONField(default=list)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('at', models.DateTimeField()),
                        ('claimed_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['id'], name='delivery_under_way'), models.Index(fields=['source', '-id'], name='delivery_of_source')],
                        'constraints': [models.UniqueConstraint(fields=('source', 'mark'), name='delivered_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='cases.case')),
                        ('way', models.CharField(choices=[('link', 'A link somebody pasted'), ('heard', 'Heard by one of ours'), ('source', 'A source told it')], max_length=8)),
                        ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='voice.source')),
                        ('delivery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='voice.delivery')),
                        ('outer', models.CharField(blank=True, max_length=300)),
                        ('link', models.CharField(blank=True, max_length=2000)),
                        ('link_digest', models.CharField(blank=True, max_length=64)),
                        ('text', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('read_at', models.DateTimeField(null=True)),
                        ('language', models.CharField(default='ru', max_length=2)),
                        ('author', models.CharField(blank=True, max_length=200)),
                        ('author_link', models.CharField(blank=True, max_length=500)),
                        ('place_kind', models.CharField(choices=[('reviews', 'Site of reviews'), ('maps', 'Maps'), ('market', 'Marketplace'), ('social', 'Social network'), ('forum', 'Forum or blog'), ('press', 'Press'), ('heard', 'Said aloud'), ('other', 'Elsewhere')], max_length=8)),
                        ('where', models.CharField(blank=True, max_length=120)),
                        ('said_at', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='people.place')),
                        ('rating', models.PositiveSmallIntegerField(null=True)),
                        ('written_at', models.DateTimeField(null=True)),
                        ('found_at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                        ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='clients.contact')),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('thanks', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thanks_for', to='cases.promise')),
                        ('thanked_at', models.DateTimeField(null=True)),
                        ('thanked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='thanked', to='people.employee')),
                        ('how', models.CharField(blank=True, choices=[('public', 'In public, where it was written'), ('letter', 'By letter'), ('aloud', 'In person or by phone')], max_length=8)),
                        ('words', models.TextField(blank=True)),
                        ('answer_link', models.CharField(blank=True, max_length=2000)),
                        ('aside', models.CharField(blank=True, choices=[('other', 'It is not about us'), ('ours', 'We wrote it ourselves'), ('spam', 'Advertising or a machine’s text')], max_length=8)),
                        ('rewarded_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-found_at', '-case'], name='mention_list'), models.Index(fields=['source', '-found_at'], name='mention_of_source'), models.Index(fields=['link_digest'], name='mention_link')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('source__isnull', False), models.Q(('outer', ''), _negated=True)), fields=('source', 'outer'), name='mention_once_by_source'), models.CheckConstraint(condition=models.Q(models.Q(('how', ''), ('thanked_at', None), ('thanked_by', None)), models.Q(('thanked_at__isnull', False), ('thanked_by__isnull', False), models.Q(('how', ''), _negated=True)), _connector='OR'), name='mention_thanked_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('contact', None)), ('confirmed_at__isnull', False), _connector='OR'), name='mention_author_is_confirmed'), models.CheckConstraint(condition=models.Q(('rewarded_at', None), ('thanked_at__isnull', False), _connector='OR'), name='mention_rewarded_after_thanks')],
                    },
                ),
                migrations.CreateModel(
                    name='Twin',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='twins', to='voice.mention')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='twinned', to='voice.mention')),
                        ('sure', models.PositiveSmallIntegerField()),
                        ('why', models.JSONField(default=list)),
                        ('apart_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='twins_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='twins_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Manners',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('minutes', models.PositiveIntegerField(default=480)),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                        ('unknown', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_manners')],
                    },
                ),
                migrations.CreateModel(
                    name='AuthorGuess',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mention', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guesses', to='voice.mention')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client')),
                        ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.contact')),
                        ('sure', models.PositiveSmallIntegerField()),
                        ('why', models.JSONField(default=list)),
                        ('denied_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('mention', 'client'), name='guessed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MentionKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mention', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='voice.mention')),
                        ('key', models.CharField(max_length=60)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['key', 'mention'], name='mention_key')],
                    },
                ),
            ],
        ),
    ]
