from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0026_forgotten_stops'),
    ]

    operations = [
        migrations.AlterField(
            model_name='happening',
            name='what',
            field=models.CharField(choices=[('published', 'Published'), ('invited', 'Invitations by mail'), ('reminded', 'Reminder by mail'), ('paused', 'Paused'), ('resumed', 'Resumed'), ('extended', 'More time given'), ('shortened', 'Less time, as its approval ends earlier'), ('closed', 'Ended')], max_length=10, verbose_name='what'),
        ),
    ]
