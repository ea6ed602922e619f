from collections import Counter

from django.db import migrations, models

LONGEST_TITLE = 90


def keep_names(apps, _schema):
    """Call the scores of each wave what they have been called: the title, numbered where it repeats."""
    times = Counter()
    for survey in apps.get_model("surveys", "Survey").objects.order_by("pk"):
        title = survey.title[:LONGEST_TITLE]
        times[survey.initiative_id, title] += 1
        number = times[survey.initiative_id, title]
        survey.waves.update(called=f"{title} ({number})" if number > 1 else title)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0004_panels"),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="called",
            field=models.CharField(
                default="",
                editable=False,
                help_text="The title when people were asked: what its scores are called ever after.",
                max_length=100,
                verbose_name="called",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
