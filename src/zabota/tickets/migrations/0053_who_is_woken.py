"""Danger, court and press do not wait for the morning, until the firm says otherwise."""

from django.db import migrations


def wake(apps, schema_editor):
    rules = apps.get_model("tickets", "AlarmRule").objects
    rules.filter(meaning__in=("danger", "court", "press")).update(calls=True)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0052_on_call")]
    operations = [migrations.RunPython(wake, migrations.RunPython.noop)]
