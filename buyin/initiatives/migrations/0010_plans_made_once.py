from uuid import uuid4

from django.db import migrations, models

MADE = ("milestone", "sharedgoal", "dataagreement")


def name_forms(apps, _schema_editor):
    """Give each row that is there a form of its own."""
    for name in MADE:
        rows = apps.get_model("initiatives", name).objects
        made = list(rows.only("pk"))
        for row in made:
            row.made_by_form = uuid4()
        rows.bulk_update(made, ["made_by_form"], batch_size=500)


def field(**options):
    return models.UUIDField(
        default=uuid4, editable=False, verbose_name="made by form", **options
    )


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0009_life")]

    operations = [
        *(
            migrations.AddField(name, "made_by_form", field(null=True))
            for name in MADE
        ),
        migrations.RunPython(name_forms, migrations.RunPython.noop, elidable=True),
        *(
            migrations.AlterField(name, "made_by_form", field(unique=True))
            for name in MADE
        ),
    ]
