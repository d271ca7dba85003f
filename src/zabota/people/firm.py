"""The firm and its working calendar, kept per process and fresh by version.

The account's query brings the firm's version along, so a signed-in page asks for the firm only
when it has changed.
"""

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from typing import Any, Literal, cast

from zabota.common.questions import One, Question
from zabota.common.working_time import Calendar, DaySpec, Interval, for_country
from zabota.people.models import Firm, SpecialDay

# What contracts say about a party: numbers are one in every language, words are kept in two.
DETAILS = (
    "name", "short_name", "inn", "kpp", "ogrn", "address", "bank", "bik", "account",
    "corr_account", "signatory", "signatory_position", "authority", "phone", "email",
)  # fmt: skip
DETAIL_WORDS = (
    "name", "short_name", "address", "bank", "signatory", "signatory_position", "authority",
)  # fmt: skip
# Who signs, as after «в лице» and «на основании»: typed where nobody should guess it.
DETAIL_GENITIVES = ("signatory", "signatory_position", "authority")

# Every promise that may be asked about lies in these years.
YEARS = range(2018, 2041)

_kept: dict[str, Any] = {}


def forgotten_genitives(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Of a card that was changed: genitives left as they were though their nominative is another;
    they are somebody else's.
    """
    return [
        f"{name}_gen"
        for name in DETAIL_GENITIVES
        if now.get(name, "") != before.get(name, "")
        and now.get(f"{name}_gen", "") == before.get(f"{name}_gen", "") != ""
    ]


class NoFirm(RuntimeError):
    """Nothing is set up yet: `zabota createowner` or `zabota demo` comes first."""


def firm_of(user: Any) -> Firm:
    """The firm as of this request; `firm_version` was read with the account."""
    return current_firm(getattr(user, "firm_version", None))


def current_firm(version: int | None = None) -> Firm:
    """The firm; read again when the version known to the caller is newer, or none is known."""
    kept: Firm | None = _kept.get("firm")
    if kept is not None and version == kept.version:
        return kept
    found = _firm(pk=1)
    if not found:
        raise NoFirm("no firm yet: run `zabota createowner` or `zabota demo`")
    (firm,) = found
    if kept is None or kept.version != firm.version:
        _kept.pop("calendar", None)
    _kept["firm"] = firm
    return firm


def own_currency() -> str:
    """The currency of the firm's own sums, as this process last read the firm: pages read it with
    the account, so that a sum costs no statement.
    """
    kept: Firm | None = _kept.get("firm")
    return (kept or current_firm()).currency


_firm = Question(lambda pk: Firm.objects.select_related("stream").filter(pk=pk), pk=One())


def calendar_of(firm: Firm) -> Calendar:
    """The firm's working calendar."""
    kept: tuple[int, Calendar] | None = _kept.get("calendar")
    if kept is not None and kept[0] == firm.version:
        return kept[1]
    calendar = build_calendar(firm, list(SpecialDay.objects.all()))
    _kept["calendar"] = (firm.version, calendar)
    return calendar


def build_calendar(firm: Firm, days: list[SpecialDay]) -> Calendar:
    """Week, the country's holidays, the firm's own special days: the firm has the last word."""
    week = {
        int(weekday): tuple(
            Interval(dt.time.fromisoformat(start), dt.time.fromisoformat(end))
            for start, end in intervals
        )
        for weekday, intervals in firm.week.items()
    }
    extra = {day.day: DaySpec(cast(Literal["off", "short", "working"], day.kind)) for day in days}
    return for_country(firm.country, YEARS, firm.zone, week, extra)


def zone_of(firm: Firm) -> dt.tzinfo:
    """The zone in which the firm's days begin and end."""
    return zoneinfo.ZoneInfo(firm.zone)
