from django.db import migrations

from zabota.journal.triggers import BY_VENDOR


def guard(apps, schema_editor):
    for statement in BY_VENDOR[schema_editor.connection.vendor].values():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_house")]
    operations = [migrations.RunPython(guard, elidable=False)]
