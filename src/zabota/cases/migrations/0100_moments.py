"""The moments of truth known from the start. Whoever adds one lays what is missing again."""

from django.db import migrations

from zabota.cases.moments import KNOWN


def lay_missing(apps, schema_editor):
    moments = apps.get_model("cases", "Moment").objects
    for slug, ru, en, weight in KNOWN:
        moments.get_or_create(slug=slug, defaults={"name_ru": ru, "name_en": en, "weight": weight})


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_house")]
    operations = [migrations.RunPython(lay_missing, migrations.RunPython.noop)]
