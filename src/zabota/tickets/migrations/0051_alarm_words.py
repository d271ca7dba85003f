"""A firm begins with phrases by which it knows what alarms it; it changes them as it likes."""

from django.db import migrations

from zabota.tickets.alarm_words import WORDS

# These do not wait for the morning, until the firm says otherwise.
WAKES = ("danger", "court", "press")


def lay(apps, schema_editor):
    rules = apps.get_model("tickets", "AlarmRule").objects
    for meaning, words in WORDS.items():
        told = {"words": words, "calls": meaning in WAKES}
        rules.get_or_create(meaning=meaning, defaults=told)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_types_and_levels")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
