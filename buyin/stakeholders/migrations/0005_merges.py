import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


def name_forms(apps, _editor):
    """Give each record of before a form of its own, as if one had made it."""
    for name in ('Post', 'Stakeholder'):
        rows = apps.get_model('stakeholders', name).objects.only('pk')
        some = []
        for row in rows.iterator(chunk_size=2000):
            row.made_by_form = uuid.uuid4()
            some.append(row)
        rows.bulk_update(some, ['made_by_form'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_erased_addresses'),
        ('stakeholders', '0004_saved_searches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MergeRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_by_form', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='made by form')),
                ('snapshot', models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='what changed')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='merged')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('stayed', models.JSONField(blank=True, default=list, verbose_name='what did not go back')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='NotDouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name': 'pair that is two',
                'verbose_name_plural': 'pairs that are two',
            },
        ),
        migrations.AddField(
            model_name='post',
            name='made_by_form',
            field=models.UUIDField(default=None, editable=False, null=True, verbose_name='made by form'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='made_by_form',
            field=models.UUIDField(default=None, editable=False, null=True, verbose_name='made by form'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='added_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='added'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='stakeholders.stakeholder', verbose_name='merged into'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='stakeholder_is_not_merged_into_itself', violation_error_message='A stakeholder cannot be merged into itself.'),
        ),
        migrations.AddField(
            model_name='mergerecord',
            name='absorbed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_by', to='stakeholders.stakeholder', verbose_name='absorbed'),
        ),
        migrations.AddField(
            model_name='mergerecord',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='stakeholders.stakeholder', verbose_name='kept'),
        ),
        migrations.AddField(
            model_name='mergerecord',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by'),
        ),
        migrations.AddField(
            model_name='mergerecord',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by'),
        ),
        migrations.AddField(
            model_name='notdouble',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stakeholders.stakeholder'),
        ),
        migrations.AddField(
            model_name='notdouble',
            name='said_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notdouble',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stakeholders.stakeholder'),
        ),
        migrations.AddConstraint(
            model_name='mergerecord',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('absorbed',), name='merged_once_at_a_time', violation_error_message='This stakeholder was merged already.'),
        ),
        migrations.AddConstraint(
            model_name='notdouble',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='one_note_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='notdouble',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_is_in_order'),
        ),
        migrations.RunPython(name_forms, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='post',
            name='made_by_form',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='made by form'),
        ),
        migrations.AlterField(
            model_name='stakeholder',
            name='made_by_form',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='made by form'),
        ),
    ]
