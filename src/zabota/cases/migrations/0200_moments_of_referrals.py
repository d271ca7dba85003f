"""What was promised to those sent to us, and thanks for it, are moments of their own."""

from django.db import migrations

from zabota.cases.moments import KNOWN


def lay_missing(apps, schema_editor):
    moments = apps.get_model("cases", "Moment").objects
    for slug, ru, en, weight in KNOWN:
        moments.get_or_create(slug=slug, defaults={"name_ru": ru, "name_en": en, "weight": weight})


class Migration(migrations.Migration):
    dependencies = [("cases", "0181_client_list_by_kind")]
    operations = [migrations.RunPython(lay_missing, migrations.RunPython.noop)]
