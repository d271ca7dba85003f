"""The index by which contracts are found; each database has its own."""

from django.db import migrations

from zabota.contracts.search import schema_of


def lay_index(apps, schema_editor):
    for statement in schema_of(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_house")]
    operations = [migrations.RunPython(lay_index, elidable=False)]
