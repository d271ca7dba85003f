import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from zabota.contracts.search import schema_of


def lay_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Words are kept otherwise from now on: what there was is gathered anew by the worker."""
    for name in ("SearchText", "SearchWord"):
        apps.get_model("contracts", name).objects.using(editor.connection.alias).all().delete()
    for statement in schema_of(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0007_word_return")]

    operations = [
        migrations.CreateModel(
            name="SearchWording",
            fields=[
                (
                    "wording",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="searched",
                        serialize=False,
                        to="contracts.wording",
                    ),
                ),
                ("words", models.TextField()),
            ],
        ),
        migrations.RunPython(lay_index, elidable=False),
    ]
