import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('readiness', '0001_initial'), ('readiness', '0002_snapshot_tree')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0004_erased_addresses'),
        ('initiatives', '0001_squashed_0010_plans_made_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(help_text='As 2026-W47.', max_length=8, verbose_name='week')),
                ('source', models.CharField(help_text="Which answers it rests on, as 'wave 12'.", max_length=120, verbose_name='source')),
                ('closed_on', models.DateField(null=True, verbose_name='answers until')),
                ('taken_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='taken')),
                ('formula', models.PositiveSmallIntegerField(default=1, verbose_name='formula version')),
                ('ready_from', models.PositiveSmallIntegerField(verbose_name='ready from')),
                ('smallest_group', models.PositiveSmallIntegerField(verbose_name='smallest group shown')),
                ('summary', models.JSONField(default=dict, help_text='Agency-wide facts: do departments differ, reliability, sensitivity.', verbose_name='summary')),
                ('tree', models.JSONField(default=dict, help_text='The department above each one when these answers were first measured.', verbose_name='department tree')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='initiatives.initiative', verbose_name='initiative')),
            ],
            options={
                'verbose_name': 'readiness snapshot',
                'verbose_name_plural': 'readiness snapshots',
                'ordering': ['-period', models.OrderBy(models.F('closed_on'), descending=True, nulls_last=True), '-id'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'period', 'source'), name='one_snapshot_per_week_and_source')],
            },
        ),
        migrations.CreateModel(
            name='SnapshotCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dimension', models.CharField(blank=True, max_length=20, verbose_name='dimension')),
                ('is_released', models.BooleanField(verbose_name='may be shown')),
                ('asked', models.PositiveIntegerField(verbose_name='people asked')),
                ('answered', models.PositiveIntegerField(null=True, verbose_name='people answered')),
                ('value', models.FloatField(null=True, verbose_name='estimate')),
                ('standard_error', models.FloatField(null=True, verbose_name='standard error')),
                ('low', models.FloatField(null=True, verbose_name='low end of the 95 % range')),
                ('high', models.FloatField(null=True, verbose_name='high end of the 95 % range')),
                ('band', models.CharField(choices=[('ready', 'ready'), ('not-ready', 'not ready'), ('too-close', 'too close to call'), ('not-enough', 'not enough data')], default='not-enough', max_length=12, verbose_name='band')),
                ('is_barrier', models.BooleanField(default=False, verbose_name='lowest dimension')),
                ('detail', models.JSONField(blank=True, default=dict, help_text='Distribution, favourable share and its bounds.', verbose_name='detail')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readiness_cells', to='accounts.department')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='readiness.snapshot')),
            ],
            options={
                'verbose_name': 'readiness cell',
                'verbose_name_plural': 'readiness cells',
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'department', 'dimension'), name='one_cell_per_department_and_dimension'), models.CheckConstraint(condition=models.Q(('is_released', True), models.Q(('answered__isnull', True), ('band', 'not-enough'), ('detail', {}), ('high__isnull', True), ('is_barrier', False), ('low__isnull', True), ('standard_error__isnull', True), ('value__isnull', True)), _connector='OR'), name='hidden_cells_hold_nothing')],
            },
        ),
    ]
