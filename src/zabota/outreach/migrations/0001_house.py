import django.db.models.deletion
import zabota.common.first_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('outreach', '0001_initial'), ('outreach', '0002_message_failed'), ('outreach', '0003_received'), ('outreach', '0004_gates'), ('outreach', '0010_mailbox_brings')]

    initial = True

    dependencies = [
        ('cases', '0001_house'),
        ('clients', '0001_house'),
        ('common', '0001_house'),
        ('journal', '0001_house'),
        ('people', '0001_house'),
        ('people', '0002_house'),
    ]

    operations = [
        zabota.common.first_tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name='Gate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('form', 'Form on a site'), ('chat', 'Chat on a site'), ('telegram', 'Telegram bot'), ('phone', 'Telephone exchange')], max_length=8)),
                        ('name', models.CharField(max_length=100)),
                        ('language', models.CharField(default='ru', max_length=2)),
                        ('key', models.CharField(max_length=40, unique=True)),
                        ('options', models.JSONField(default=dict)),
                        ('secret', models.TextField(blank=True)),
                        ('secret_env', models.CharField(blank=True, max_length=60)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='gate', to='journal.stream')),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('last_update', models.BigIntegerField(default=0)),
                        ('watcher', models.CharField(blank=True, max_length=40)),
                        ('watched_until', models.DateTimeField(null=True)),
                        ('looked_at', models.DateTimeField(null=True)),
                        ('fault', models.CharField(blank=True, max_length=300)),
                        ('fault_since', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='ConsentText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='outreach.gate')),
                        ('text', models.TextField()),
                        ('made_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='LinkCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.gate')),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.contact')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('lapses_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Mailbox',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=100)),
                        ('address', models.EmailField(blank=True, max_length=254)),
                        ('plus', models.BooleanField(default=True)),
                        ('brings', models.CharField(choices=[('letters', 'Letters of clients'), ('mentions', 'Alerts of services that watch the web')], default='letters', max_length=8)),
                        ('way', models.CharField(choices=[('imap', 'We fetch them by IMAP'), ('pipe', 'The mail server hands them over (zabota mail ingest)')], default='imap', max_length=4)),
                        ('host', models.CharField(blank=True, max_length=200)),
                        ('port', models.PositiveIntegerField(default=993)),
                        ('security', models.CharField(choices=[('tls', 'TLS from the start (port 993)'), ('starttls', 'TLS after greeting (port 143)'), ('none', 'None: only on this machine')], default='tls', max_length=8)),
                        ('login', models.CharField(blank=True, max_length=254)),
                        ('secret', models.TextField(blank=True)),
                        ('secret_env', models.CharField(blank=True, max_length=60)),
                        ('folder', models.CharField(default='INBOX', max_length=200)),
                        ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mailbox', to='journal.stream')),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('validity', models.BigIntegerField(null=True)),
                        ('last_uid', models.BigIntegerField(default=0)),
                        ('watcher', models.CharField(blank=True, max_length=40)),
                        ('watched_until', models.DateTimeField(null=True)),
                        ('looked_at', models.DateTimeField(null=True)),
                        ('fault', models.CharField(blank=True, max_length=300)),
                        ('fault_since', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None), models.Q(('address', ''), _negated=True)), fields=('address',), name='one_mailbox_per_address')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='journal.entry')),
                        ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='cases.case')),
                        ('code', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.signincode')),
                        ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL)),
                        ('address', models.CharField(max_length=254)),
                        ('channel', models.CharField(default='email', max_length=10)),
                        ('gate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='outreach.gate')),
                        ('outer_id', models.CharField(blank=True, max_length=120)),
                        ('purpose', models.CharField(max_length=40)),
                        ('path', models.CharField(blank=True, max_length=300)),
                        ('facts', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting', max_length=8)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('send_after', models.DateTimeField()),
                        ('claimed_until', models.DateTimeField(null=True)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('message_id', models.CharField(max_length=200, unique=True)),
                        ('sent_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='digest', to='outreach.message')),
                        ('fault', models.CharField(blank=True, max_length=500)),
                        ('again_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['send_after', 'id'], name='message_waiting'), models.Index(fields=['to', '-sent_at'], name='message_last_sent'), models.Index(condition=models.Q(('state', 'failed')), fields=['-id'], name='message_failed'), models.Index(condition=models.Q(('gate__isnull', False)), fields=['gate', 'address', 'outer_id'], name='message_by_gate')],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'address', 'channel'), name='message_once_per_entry')],
                    },
                ),
                migrations.CreateModel(
                    name='Thread',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='outreach.gate')),
                        ('outer', models.CharField(max_length=100)),
                        ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='clients.contact')),
                        ('since', models.DateTimeField()),
                        ('looked_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('gate', 'outer'), name='thread_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Received',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='outreach.mailbox')),
                        ('gate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='outreach.gate')),
                        ('thread', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='outreach.thread')),
                        ('outer_id', models.CharField(blank=True, max_length=120)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.file')),
                        ('message_id', models.CharField(blank=True, max_length=400)),
                        ('state', models.CharField(choices=[('read', 'a person’s letter'), ('kept', 'could not be read, kept whole'), ('automatic', 'sent by an automaton'), ('bounce', 'says that a letter of ours was not delivered'), ('copy', 'a copy of a letter that came already')], max_length=9)),
                        ('why', models.CharField(blank=True, max_length=20)),
                        ('sender', models.CharField(blank=True, max_length=254)),
                        ('sender_name', models.CharField(blank=True, max_length=200)),
                        ('subject', models.CharField(blank=True, max_length=500)),
                        ('text', models.TextField(blank=True)),
                        ('cut', models.TextField(blank=True)),
                        ('written_at', models.DateTimeField(null=True)),
                        ('received_at', models.DateTimeField()),
                        ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='cases.case')),
                        ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='clients.contact')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL)),
                        ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='outreach.message')),
                        ('found_by', models.CharField(blank=True, choices=[('', 'not found'), ('token', 'by the address it was sent to'), ('references', 'by the letter it answers'), ('hand', 'by hand'), ('opened', 'opened by this letter'), ('thread', 'by the conversation it came in')], max_length=10)),
                        ('waits', models.CharField(blank=True, choices=[('', 'nothing to decide'), ('unknown', 'we do not know the sender'), ('other', 'the letter answers ours to somebody else'), ('several', 'the letter it answers told of several contracts or requests'), ('caseless', 'it answers no letter of ours'), ('many', 'too many letters from this address'), ('unreadable', 'it could not be read')], max_length=10)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('settled_at', None), models.Q(('waits', ''), _negated=True)), fields=['-id'], name='received_waiting'), models.Index(fields=['sender', '-received_at'], name='received_by_sender'), models.Index(fields=['message_id'], name='received_by_message'), models.Index(fields=['case', '-id'], name='received_of_case')],
                        'constraints': [models.UniqueConstraint(fields=('mailbox', 'file'), name='received_once'), models.UniqueConstraint(condition=models.Q(('gate__isnull', False)), fields=('gate', 'outer_id'), name='received_once_by_gate'), models.CheckConstraint(condition=models.Q(models.Q(('gate__isnull', False), ('mailbox', None)), models.Q(('gate', None), ('mailbox__isnull', False)), _connector='OR'), name='received_by_one_way'), models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('found_by', '')), models.Q(('case__isnull', False), models.Q(('found_by', ''), _negated=True)), _connector='OR'), name='received_case_is_found')],
                    },
                ),
                migrations.CreateModel(
                    name='ReceivedFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='outreach.received')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.file')),
                        ('name', models.CharField(max_length=255)),
                        ('media_type', models.CharField(max_length=100)),
                        ('inline', models.BooleanField(default=False)),
                        ('doubt', models.CharField(blank=True, max_length=20)),
                    ],
                ),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='in_answer_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_with', to='outreach.received'),
        ),
        migrations.AddIndex(
            model_name='Message',
            index=models.Index(condition=models.Q(('in_answer_to__isnull', False)), fields=['address', '-made_at'], name='message_answers'),
        ),
    ]
