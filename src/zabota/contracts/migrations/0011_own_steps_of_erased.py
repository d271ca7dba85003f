"""Whom a person asked by link before they were erased: those names were left behind."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F
from django.db.models.functions import Coalesce

ERASED = "—"


def forget(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """As it is done since then when the account is erased."""
    left = apps.get_model("contracts", "OwnStep").objects.exclude(name=ERASED)
    for step in left.filter(asked_by__name=ERASED, asked_by__is_active=False):
        letters = apps.get_model("outreach", "Message").objects.filter(
            facts__link=["own-step", step.pk]
        )
        letters.exclude(state="sent").update(state="failed", claimed_until=None)
        for letter in letters:
            letter.facts = {**letter.facts, "name": ERASED, "asked": ""}
            letter.address = "erased@invalid.example"
            letter.save(update_fields=["facts", "address"])
        left.filter(pk=step.pk).update(
            name=ERASED,
            email=f"erased-step-{step.pk}@invalid.example",
            role="",
            asked="",
            words="",
            withdrawn_at=Coalesce(F("withdrawn_at"), F("asked_at")),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0010_signing"),
        ("outreach", "0002_message_failed"),
        ("people", "0004_power_begins_and_ends"),
    ]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
