"""Powers granted from a later day on begin then, and end after their last day."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def begun(apps: Any, schema_editor: Any) -> None:
    """Until now every power was in force from the moment it was granted."""
    apps.get_model("people", "Power").objects.update(begun_at=F("valid_from"))


class Migration(migrations.Migration):
    dependencies = [("people", "0003_firm_blocking_errors")]

    operations = [
        migrations.AddField("power", "begun_at", models.DateTimeField(null=True)),
        migrations.AddField("power", "ended_at", models.DateTimeField(null=True)),
        migrations.RunPython(begun, migrations.RunPython.noop),
    ]
