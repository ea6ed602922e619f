import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0025_editors'),
    ]

    operations = [
        migrations.CreateModel(
            name='ForgottenStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64, verbose_name='mark of the address')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forgotten_stops', to='surveys.survey')),
            ],
            options={
                'verbose_name': 'mail stop of a forgotten address',
                'verbose_name_plural': 'mail stops of forgotten addresses',
                'constraints': [models.UniqueConstraint(fields=('survey', 'mark'), name='one_forgotten_stop_per_address_and_survey')],
            },
        ),
    ]
