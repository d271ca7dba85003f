"""By what the list of requests is narrowed: kind, place, what a kind asks to choose from."""

from typing import Any

from django.utils.translation import get_language, gettext

from zabota.people.forms.fields import known_places
from zabota.people.models import Team
from zabota.tickets.forms import known_kinds
from zabota.tickets.models import Channel, FieldKind, KindField
from zabota.tickets.reading.narrowed import Wanted


def ways_to_narrow(wanted: Wanted) -> dict[str, Any]:
    """What can be chosen now; questions of a kind once that kind is chosen."""
    language = get_language() or "ru"
    places = [(one.pk, one.name) for one in known_places()]
    teams = Team.objects.filter(closed_at=None).order_by("name_ru")
    return {
        "kinds": [(one.pk, one.name(language)) for one in known_kinds()],
        "places": places,
        "teams": [(one.pk, one.name(language)) for one in teams],
        "channels": Channel.choices,
        "questions": _questions(wanted, language) if wanted.kind is not None else [],
    }


def _questions(wanted: Wanted, language: str) -> list[dict[str, Any]]:
    fields = KindField.objects.filter(
        type=wanted.kind, closed_at=None, kind__in=(FieldKind.CHOICE, FieldKind.YES_NO)
    )
    chosen = dict(wanted.answers)
    yes_no = [("yes", gettext("yes")), ("no", gettext("no"))]
    return [
        {
            "id": f"q{one.pk}",
            "name": one.name(language),
            "options": one.options(language) if one.kind == FieldKind.CHOICE else yes_no,
            "chosen": chosen.get(one.pk, ""),
        }
        for one in fields.order_by("position", "pk")
    ]
