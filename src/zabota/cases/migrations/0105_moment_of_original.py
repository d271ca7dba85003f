"""Receiving a signed original is a moment of its own."""

from django.db import migrations

from zabota.cases.moments import CONTRACT_ORIGINAL, KNOWN


def lay(apps, schema_editor):
    """On a new database the first laying has it already."""
    moments = apps.get_model("cases", "Moment").objects
    for slug, ru, en, weight in KNOWN:
        if slug == CONTRACT_ORIGINAL:
            told = {"name_ru": ru, "name_en": en, "weight": weight}
            moments.get_or_create(slug=slug, defaults=told)


class Migration(migrations.Migration):
    dependencies = [("cases", "0104_moment_of_signing")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
