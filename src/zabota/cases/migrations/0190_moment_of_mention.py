"""Thanks to whoever wrote of us are a promise, too."""

from django.db import migrations

from zabota.cases.moments import KNOWN, MENTION_THANKS


def lay(apps, schema_editor):
    """On a new database the first laying has it already."""
    moments = apps.get_model("cases", "Moment").objects
    for slug, ru, en, weight in KNOWN:
        if slug == MENTION_THANKS:
            told = {"name_ru": ru, "name_en": en, "weight": weight}
            moments.get_or_create(slug=slug, defaults=told)


class Migration(migrations.Migration):
    dependencies = [("cases", "0200_moments_of_referrals")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
