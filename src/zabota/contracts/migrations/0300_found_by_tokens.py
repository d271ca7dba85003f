"""Where the index was laid before, PostgreSQL did not look into it for rare words."""

from django.db import migrations

from zabota.contracts.search import schema_of


def lay_index_again(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        for statement in ("DROP INDEX IF EXISTS contracts_searchfound", *schema_of(vendor)):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0008_found_again")]
    operations = [migrations.RunPython(lay_index_again, elidable=False)]
