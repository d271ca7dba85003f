"""A moment of truth of its own: the lead looks at a second return of an unchanged clause."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SLUG = "contract_again"
NAMES = {"name_ru": "Повторный возврат", "name_en": "A second return", "weight": 1}


def add(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """A new installation has it from the list of those known from the start."""
    apps.get_model("cases", "Moment").objects.get_or_create(slug=SLUG, defaults=NAMES)


class Migration(migrations.Migration):
    dependencies = [("cases", "0102_moment_words")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
