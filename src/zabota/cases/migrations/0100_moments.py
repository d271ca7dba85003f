from django.db import migrations

from zabota.cases.moments import KNOWN


def lay_moments(apps, schema_editor):
    moment = apps.get_model("cases", "Moment")
    for slug, ru, en, weight in KNOWN:
        moment.objects.create(slug=slug, name_ru=ru, name_en=en, weight=weight)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_initial")]
    operations = [migrations.RunPython(lay_moments)]
