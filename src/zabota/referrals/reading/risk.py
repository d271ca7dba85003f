"""Whoever brought others and has left, and those they brought: at risk of following."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zabota.clients.models import Client, Purchase
from zabota.common import formats
from zabota.referrals.models import Departure, Terms
from zabota.referrals.reading.checks import arrows
from zabota.referrals.rhythm import Silence, find_silence

MOST, MOST_FRIENDS, USUAL_TIMES = 50, 10, 3


@dataclass(frozen=True)
class Friend:
    """Somebody they brought: what they are worth, when they came last, what may help."""

    client: Client
    last: date | None
    silent: bool
    advice: str


@dataclass(frozen=True)
class AtRisk:
    """One who left, why we think so, and those they brought."""

    client: Client
    why: str
    words: str
    departure: Departure | None
    friends: list[Friend]
    more: int
    worth: Decimal


def read_at_risk(today: date, only: int | None = None) -> list[AtRisk]:
    """Those whose friends are worth most first; four queries, however many there are. `only` asks
    of one recommender.
    """
    brought = _brought(only)
    if not brought:
        return []
    terms = Terms.objects.on(today)
    times = terms.lapse_times if terms is not None else USUAL_TIMES
    people = set(brought) | {one for friends in brought.values() for one in friends}
    days = _days(people, today)
    silent = {one: find_silence(days.get(one, ()), today, times) for one in people}
    said = _departures(brought)
    gone = [one for one in brought if one in said or silent[one] is not None]
    shown = set(gone) | {friend for one in gone for friend in brought[one]}
    cards = Client.objects.select_related("owner__user").in_bulk(shown)
    found = [
        _at_risk(cards[one], [cards[f] for f in brought[one] if f in cards], silent, said, days)
        for one in gone
        if one in cards
    ]
    return sorted(found, key=lambda row: (-row.worth, row.client.pk))[:MOST]


def _brought(only: int | None) -> dict[int, list[int]]:
    """By recommender, those who came and bought."""
    rows = arrows().filter(purchase__isnull=False).exclude(one=F("other"))
    if only is not None:
        rows = rows.filter(one=only)
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for one, other in rows.values_list("one", "other"):
        found[one][other] = None
    return {one: list(others) for one, others in found.items()}


def _days(people: Iterable[int], today: date) -> dict[int, list[date]]:
    whole = Coalesce("client__root", "client")
    rows = Purchase.objects.annotate(whole=whole).filter(whole__in=people, day__lte=today)
    found: dict[int, list[date]] = defaultdict(list)
    for one, day in rows.values_list("whole", "day"):
        found[one].append(day)
    return found


def _departures(people: Iterable[int]) -> dict[int, Departure]:
    rows = Departure.objects.filter(stayed_at=None).select_related("client", "noted_by__user")
    return {row.client.whole_id: row for row in rows if row.client.whole_id in people}


def _at_risk(
    client: Client,
    friends: list[Client],
    silent: dict[int, Silence | None],
    said: dict[int, Departure],
    days: dict[int, list[date]],
) -> AtRisk:
    friends = sorted(friends, key=lambda one: (-(one.worth or 0), one.pk))
    departure = said.get(client.pk)
    rows = [
        Friend(one, max(days.get(one.pk, ()), default=None), silent[one.pk] is not None,
               _advice(silent[one.pk] is not None))
        for one in friends[:MOST_FRIENDS]
    ]  # fmt: skip
    return AtRisk(
        client,
        _why(silent[client.pk], departure),
        departure.words if departure is not None else "",
        departure,
        rows,
        len(friends) - len(rows),
        sum((one.worth or Decimal(0) for one in friends), Decimal(0)),
    )


def _why(silence: Silence | None, departure: Departure | None) -> str:
    if departure is not None:
        day = formats.date(departure.said_on, get_language() or "ru")
        return _("Said that they leave: %(day)s.") % {"day": day}
    assert silence is not None
    language = get_language() or "ru"
    rhythm = round(silence.rhythm)
    usual = ngettext("every %(count)d day", "every %(count)d days", rhythm) % {"count": rhythm}
    return _("Bought %(usual)s, and nothing for %(days)s.") % {
        "usual": usual,
        "days": formats.days(silence.silent, language),
    }


def _advice(silent: bool) -> str:
    if silent:
        return _("Silent as well: call, ask what is missing, and do not sell anything.")
    return _("Still buys: get in touch before they hear of it, and thank them for staying.")
