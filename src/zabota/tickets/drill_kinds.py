"""Kinds of drills: kinds of requests of which there is an exercise."""

from zabota.tickets.models import TicketType


def drill_names() -> dict[str, dict[str, str]]:
    """By slug, in both languages, in the order clients choose kinds from."""
    kinds = TicketType.objects.filter(exercises__closed_at=None, exercises__isnull=False)
    return {
        kind.slug: {"ru": kind.name_ru, "en": kind.name_en}
        for kind in kinds.distinct().order_by("position", "pk")
    }
