import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('outbox', '0001_initial'), ('outbox', '0002_one_constraint_per_occasion'), ('outbox', '0003_plain_addresses')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('address', models.EmailField(blank=True, help_text='Of somebody without an account; emptied with the text of old mails.', max_length=254, verbose_name='plain address')),
                ('key', models.CharField(help_text='Names the occasion; a second message for the same occasion is not written.', max_length=120, verbose_name='key')),
                ('subject', models.CharField(max_length=250, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text')),
                ('html', models.TextField(blank=True, verbose_name='HTML')),
                ('headers', models.JSONField(blank=True, default=dict, verbose_name='headers')),
                ('holds_key', models.BooleanField(default=False, help_text='What it says lets somebody in; it is emptied as soon as the mail has gone.', verbose_name='holds a key')),
                ('message_id', models.CharField(max_length=200, verbose_name='message id')),
                ('dated', models.DateTimeField(verbose_name='date in the mail')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('kept', 'Kept in the portal, no mail server is set'), ('skipped', 'Not sent, on purpose'), ('dead', 'Given up')], default='waiting', max_length=10, verbose_name='state')),
                ('skip_reason', models.CharField(blank=True, max_length=120, verbose_name='why it was not sent')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('error', models.TextField(blank=True, verbose_name='last error')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='due')),
                ('claim', models.UUIDField(editable=False, null=True, verbose_name='claim')),
                ('lease_until', models.DateTimeField(editable=False, null=True, verbose_name='lease until')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at', 'id'], name='message_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['lease_until'], name='message_sending')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='one_message_per_occasion', violation_error_message='There is a message for this occasion already.'), models.CheckConstraint(condition=models.Q(('person__isnull', True), ('address', ''), _connector='OR'), name='message_to_person_or_address', violation_error_message='A mail goes to a person or to an address, not to both.')],
            },
        ),
    ]
