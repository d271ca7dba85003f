"""A firm begins with four kinds of requests and four speeds; it changes them as it likes."""

from django.db import migrations

from zabota.tickets.levels import LEVELS, TYPES


def lay(apps, schema_editor):
    types = apps.get_model("tickets", "TicketType").objects
    for slug, ru, en, purpose_ru, purpose_en, priority, position in TYPES:
        types.get_or_create(
            slug=slug,
            defaults={
                "name_ru": ru,
                "name_en": en,
                "purpose_ru": purpose_ru,
                "purpose_en": purpose_en,
                "priority": priority,
                "position": position,
                "is_suggestion": slug == "suggestion",
            },
        )
    levels = apps.get_model("tickets", "ServiceLevel").objects
    for priority, reply, solution in LEVELS:
        levels.get_or_create(
            priority=priority, defaults={"reply_minutes": reply, "solution_minutes": solution}
        )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_house"), ("cases", "0100_moments")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
