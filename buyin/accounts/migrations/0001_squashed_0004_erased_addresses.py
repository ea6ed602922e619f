import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_tags'), ('accounts', '0003_sessions'), ('accounts', '0004_erased_addresses')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_tag_per_name', violation_error_message='There is a tag with this name already.')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='mail address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('time_zone', models.CharField(blank=True, max_length=40, verbose_name='time zone')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='created')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['name', 'email'],
                'indexes': [models.Index(fields=['name', 'email'], name='person_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='mail_address_is_lower_case')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('headcount', models.PositiveIntegerField(default=0, help_text='People on the roster who belong directly to this department.', verbose_name='headcount')),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='headed_departments', to=settings.AUTH_USER_MODEL, verbose_name='head')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.department', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'department',
                'verbose_name_plural': 'departments',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='department_is_not_its_own_parent', violation_error_message='A department cannot be part of itself.')],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('staff', 'Staff'), ('coordinator', 'Coordinator'), ('trainer', 'Trainer'), ('moderator', 'Moderator'), ('lead', 'Lead'), ('executive', 'Executive'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('department', models.ForeignKey(blank=True, help_text='Leave empty for the whole agency.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='role_assignments', to='accounts.department', verbose_name='department')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_assignments', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
                'ordering': ['role', 'department__name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('department__isnull', False)), fields=('person', 'role', 'department'), name='one_role_per_person_and_department', violation_error_message='This person already holds this role there.'), models.UniqueConstraint(condition=models.Q(('department__isnull', True)), fields=('person', 'role'), name='one_agency_role_per_person', violation_error_message='This person already holds this role for the agency.')],
            },
        ),
        migrations.CreateModel(
            name='RosterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('departments', 'Departments'), ('people', 'People')], max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('text', models.TextField(verbose_name='text')),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='uploaded')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roster_files', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'roster file',
                'verbose_name_plural': 'roster files',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SecurityEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed-in', 'Signed in'), ('refused', 'Sign-in refused'), ('signed-out', 'Signed out'), ('password-changed', 'Password changed'), ('factor-added', 'Second factor added'), ('factor-removed', 'Second factor removed'), ('role-granted', 'Role granted'), ('role-revoked', 'Role revoked'), ('deactivated', 'Account closed'), ('reactivated', 'Account opened again'), ('imported', 'People or departments imported'), ('exported', 'Exported'), ('erased', 'Address erased')], max_length=20, verbose_name='kind')),
                ('network', models.CharField(blank=True, help_text='The address without its last part.', max_length=50, verbose_name='network')),
                ('detail', models.CharField(blank=True, max_length=200, verbose_name='detail')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='when')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='security_events', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'security event',
                'verbose_name_plural': 'security events',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['kind', '-id'], name='security_event_kind')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='User',
            name='tags',
            field=models.ManyToManyField(blank=True, related_name='people', to='accounts.tag', verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='User',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.department', verbose_name='department'),
        ),
    ]
