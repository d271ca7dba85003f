"""What is remembered of goods kept for a client."""

from collections.abc import Iterator

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.cases.entries import clients_of_case
from zabota.cases.models import Case, Holder
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Entry


def _owner(entry: Entry) -> Iterator[Notice]:
    case = entry.facts["case"]
    for user in Case.objects.filter(pk=case).values_list("owner__user", flat=True):
        yield Notice(user, "hold_task", f"/desk/cases/{case}/")


def _other_side(entry: Entry) -> Iterator[Notice]:
    """What the client did themselves is told to whoever answers for it; what we did, to them."""
    yield from _owner(entry) if entry.facts.get("own") else _clients(entry)


def _both(entry: Entry) -> Iterator[Notice]:
    yield from _clients(entry)
    yield from _owner(entry)


def _those_who_save_it(entry: Entry) -> Iterator[Notice]:
    rows = Holder.objects.filter(promise=entry.facts["promise"], rank_at__isnull=False)
    for user in rows.values_list("employee__user", flat=True).distinct():
        yield Notice(user, "hold_task", f"/desk/cases/{entry.facts['case']}/")


_clients = clients_of_case("hold_news")


def _kind(
    name: str, sentence: LazyText, icon: str, told: object = None, audience: str = "both"
) -> EntryKind:
    return declare(EntryKind(f"hold.{name}", sentence, audience, told, icon))  # type: ignore[arg-type]


HOLD_PROMISED = _kind(
    "promised",
    _("Kept for you until {until}: {goods}[. Promised by: {actor}]"),
    "package-check",
    _clients,
)
HOLD_PROLONGED = _kind(
    "prolonged",
    _("Kept for longer, until {until} instead of {was}[. {actor}][. {words}]"),
    "calendar-plus",
    _other_side,
)
HOLD_FROM_TRUCK = _kind(
    "from_truck",
    _("Kept from the next truck, which comes on {comes}: until {until}[. {actor}][. {words}]"),
    "truck",
    _other_side,
)
HOLD_MOVED = _kind(
    "moved",
    _("Kept at another store, {store}: until {until}[. {actor}][. {words}]"),
    "map-pin",
    _other_side,
)
HOLD_CLIENT_SAID = _kind(
    "client_said",
    _("The client’s own approval is expected by {day}[. {actor}]"),
    "calendar-clock",
    _other_side,
)
HOLD_WOULD_LAPSE = _kind(
    "would_lapse",
    _("It lapses too early: kept until {until}, paid for by {pays} as things usually go"),
    "alarm-clock",
    _those_who_save_it,
    audience="ours",
)
HOLD_UNPAID = _kind(
    "unpaid",
    _("It lapses soon and is not paid for: kept until {until}"),
    "alarm-clock",
    _those_who_save_it,
    audience="ours",
)
HOLD_TOO_LATE = _kind(
    "too_late",
    _("It comes too late: needed by {needed}, there by {there} as things usually go"),
    "truck",
    _owner,
    audience="ours",
)
HOLD_FITS = _kind(
    "fits", _("It lasts long enough again: kept until {until}"), "circle-check", audience="ours"
)
HOLD_LAPSES_SOON = _kind(
    "lapses_soon",
    _("Kept for you only until {until}: pay the invoice by then, or ask us to keep it for longer"),
    "alarm-clock",
    clients_of_case("hold_lapses"),
)
HOLD_LAPSED = _kind(
    "lapsed", _("The time is over: the goods are no longer kept for you"), "package-open", _both
)
HOLD_PAID = _kind("paid", _("Paid for: the goods wait for you"), "package-check")
HOLD_RELEASED = _kind(
    "released",
    _("Let go before its time[: {reason}][. {actor}]"),
    "package-open",
    _other_side,
)
HOLD_RULE_SET = _kind(
    "rule_set",
    _("The rule of keeping goods for clients was set[. {actor}]"),
    "package",
    audience="ours",
)
