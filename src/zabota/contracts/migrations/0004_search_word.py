from itertools import batched

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

LONGEST = 100


def gather(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The words of all texts there are."""
    texts = apps.get_model("contracts", "SearchText").objects.using(editor.connection.alias)
    word = apps.get_model("contracts", "SearchWord")
    found: set[str] = set()
    for words in texts.values_list("words", flat=True).iterator():
        found.update(one[:LONGEST] for one in words.split())
    for some in batched(sorted(found), 5000):
        word.objects.using(editor.connection.alias).bulk_create([word(word=one) for one in some])


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0003_search_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=100, primary_key=True, serialize=False)),
            ],
        ),
        migrations.RunPython(gather, migrations.RunPython.noop),
    ]
