"""By what figures are told apart: kind of request, team, place, channel, hour, worth, person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from django.db.models import Expression, F
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions.worth import STARTS
from zabota.common.ids import row_number
from zabota.common.names import row_person
from zabota.insight.reading.moments import hour_of
from zabota.people.models import Employee, Place, Team
from zabota.tickets.models import Channel, Priority, TicketType

type Key = int | str | None
type Names = Mapping[Key, str]


@dataclass(frozen=True)
class Cut:
    """One way to tell requests apart; `path` leads there from the case."""

    slug: str
    title: LazyText
    path: str
    names: Callable[[list[Key]], Names]
    # What a request is called that has no key; `order` is that of keys, of others the largest
    # group comes first.
    none: LazyText
    order: tuple[Key, ...] = ()
    number: bool = True

    def on(self, prefix: str, zone: tzinfo) -> F | Expression:
        """The expression to group by, from a table that reaches the case by `prefix`."""
        if self.slug == HOUR:
            return hour_of(f"{prefix}opened_at", zone)
        return F(f"{prefix}{self.path}")

    def key_from(self, text: str) -> Key:
        """The key as an address has it; of what no row can have, one that nothing has."""
        if text == "":
            return None
        if not self.number:
            return text.replace("\0", "")
        number = row_number(text)
        return NOBODY if number is None else number

    def sorted(self, counts: Mapping[Key, int]) -> list[Key]:
        """Keys in the order of the table."""
        if self.order:
            return [key for key in self.order if key in counts]
        return sorted(counts, key=lambda key: (-counts[key], str(key)))


HOUR: Final = "hour"
NOBODY: Final = -1


def _types(keys: list[Key]) -> Names:
    language = get_language() or "ru"
    return {one.pk: one.name(language) for one in TicketType.objects.filter(pk__in=_some(keys))}


def _teams(keys: list[Key]) -> Names:
    language = get_language() or "ru"
    return {one.pk: one.name(language) for one in Team.objects.filter(pk__in=_some(keys))}


def _places(keys: list[Key]) -> Names:
    return dict(Place.objects.filter(pk__in=_some(keys)).values_list("pk", "name"))


def _persons(keys: list[Key]) -> Names:
    rows = Employee.objects.filter(pk__in=_some(keys)).values("pk", "user__name", "user__name_en")
    return {row["pk"]: row_person(row, "user__") for row in rows}


def _channels(keys: list[Key]) -> Names:
    return {one.value: str(one.label) for one in Channel}


def _priorities(keys: list[Key]) -> Names:
    return {one.value: str(one.label) for one in Priority}


def _hours(keys: list[Key]) -> Names:
    return {hour: f"{hour:02}:00–{hour:02}:59" for hour in range(24)}


def _worths(keys: list[Key]) -> Names:
    """By place among the clients that bring anything."""
    names: dict[Key, str] = {}
    before = 0
    for share, minutes in STARTS:
        upto = round(share * 100)
        names[minutes] = (
            gettext("best %(share)d%% by worth") % {"share": upto}
            if not before
            else gettext("next: %(since)d–%(upto)d%% by worth") % {"since": before, "upto": upto}
        )
        before = upto
    names[0] = gettext("all other clients")
    return names


def _some(keys: Iterable[Key]) -> list[int]:
    return [key for key in keys if isinstance(key, int)]


_NONE: Final = _("not said")

CUTS: Final = {
    cut.slug: cut
    for cut in (
        Cut("type", _("kind of request"), "ticket__type", _types, _NONE),
        Cut("team", _("team"), "ticket__team", _teams, _("no team")),
        Cut("place", _("place"), "ticket__place", _places, _("no place")),
        Cut("channel", _("channel"), "ticket__channel", _channels, _NONE, number=False),
        Cut(HOUR, _("hour it came"), "", _hours, _NONE, order=tuple(range(24))),
        Cut(
            "worth", _("worth of the client"), "client__worth_start", _worths, _NONE,
            order=(*(minutes for _share, minutes in STARTS), 0),
        ),
        Cut(
            "priority", _("urgency"), "ticket__priority", _priorities, _NONE,
            order=tuple(Priority.values), number=False,
        ),
        Cut("person", _("who has it"), "owner", _persons, _NONE),
    )
}  # fmt: skip
