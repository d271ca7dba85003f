"""A firm begins with phrases by which it knows what alarms it; it changes them as it likes."""

from django.db import migrations

from zabota.tickets.alarm_words import WORDS


def lay(apps, schema_editor):
    rules = apps.get_model("tickets", "AlarmRule").objects
    for meaning, words in WORDS.items():
        rules.get_or_create(meaning=meaning, defaults={"words": words})


class Migration(migrations.Migration):
    dependencies = [("tickets", "0050_alarms")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
