"""What is promised of a contract as a whole is named as a promise, not as if it were done."""

from django.db import migrations

from zabota.cases.moments import KNOWN


def rename(apps, schema_editor):
    moments = apps.get_model("cases", "Moment").objects
    for slug, ru, en, _weight in KNOWN:
        moments.filter(slug=slug).update(name_ru=ru, name_en=en)


class Migration(migrations.Migration):
    dependencies = [("cases", "0101_promise_overdue")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
