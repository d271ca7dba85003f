"""Today: one's open promises by time left, grouped as one thinks of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import PromiseState
from zabota.clients.reading import worth_line
from zabota.common import formats
from zabota.common.keyset import Leaf
from zabota.common.names import numbered, row_whole
from zabota.common.working_time import Calendar, add, between
from zabota.contracts.reading.who import names_line
from zabota.home.reading.held import Held, read_held
from zabota.home.reading.why import Step, next_step, why_now
from zabota.people.firm import calendar_of
from zabota.people.models import Employee, Firm

SOON = timedelta(hours=2)
# What a group is called, what is said beside that, how its rows and their chips look.
GROUPS: tuple[tuple[str, LazyText, LazyText | str, tuple[str, str]], ...] = (
    ("late", _("Late"), "", ("late", "late")),
    ("now", _("Now"), _("less than two working hours are left"), ("soon", "turn")),
    ("today", _("Today"), "", ("", "")),
    ("week", _("This week"), "", ("", "")),
    ("later", _("Later"), "", ("", "")),
    ("still", _("The clock stands"), _("we wait for the client"), ("still", "still")),
)


@dataclass(frozen=True)
class TodayRow:
    """One promise, ready to be printed."""

    kind: str
    due: str
    until: str
    title: str
    number: str
    url: str
    client: str
    worth: str
    why: str
    chip: str
    who: str
    step: Step


@dataclass
class Group:
    """Promises that are about as urgent as each other."""

    key: str
    title: str
    note: str
    tone: str
    chip: str
    rows: list[TodayRow] = field(default_factory=list)


@dataclass(frozen=True)
class Today:
    """A page of it."""

    groups: list[Group]
    leaf: Leaf

    @property
    def late(self) -> bool:
        return any(group.key == "late" for group in self.groups)

    @property
    def calm(self) -> bool:
        """Whether there is something, but nothing that has to be done today."""
        pressing = {group.key for group in self.groups} & {"late", "now", "today"}
        return bool(self.groups) and not pressing and not self.leaf.newer


@dataclass(frozen=True)
class _Clock:
    """Moments every row is compared with, computed once."""

    at: datetime
    today: date
    calendar: Calendar
    soon: datetime
    midnight: datetime
    week_ends: datetime
    language: str

    @classmethod
    def of(cls, firm: Firm, at: datetime) -> "_Clock":
        zone = timezone.get_current_timezone()
        today = at.astimezone(zone).date()
        calendar = calendar_of(firm)

        def start_of(days: int) -> datetime:
            return datetime.combine(today + timedelta(days=days), time.min, tzinfo=zone)

        return cls(
            at,
            today,
            calendar,
            add(calendar, at, SOON),
            start_of(1),
            start_of(7 - today.weekday()),
            get_language() or "ru",
        )


def read_today(
    me: Employee, params: Mapping[str, str], firm: Firm, *, at: datetime, team: bool = False
) -> Today:
    """A page of open promises, one's own or the team's; a team's says whose each of them is."""
    held = read_held(me, params, team=team)
    clock = _Clock.of(firm, at)
    groups = {key: Group(key, str(name), str(note), *looks) for key, name, note, looks in GROUPS}
    people: dict[int, list[dict[str, Any]]] = {}
    for row in held.leaf.rows:
        people.setdefault(row["promise_id"], []).append(row)
    for rows in people.values():
        shown = _row(rows[0], held, clock)
        if team:
            shown = _of_team(shown, names_line(rows))
        groups[shown.kind].rows.append(shown)
    return Today([group for group in groups.values() if group.rows], held.leaf)


def _of_team(row: TodayRow, who: str) -> TodayRow:
    """Somebody's row as their colleagues see it: whose it is, and nothing to decide for them."""
    step = Step(gettext("Look"), row.url) if row.step.at_once else row.step
    return replace(row, who=who, step=step)


def _row(row: Mapping[str, Any], held: Held, clock: _Clock) -> TodayRow:
    kind = _kind(row, clock)
    due, until = _due(row["promise__due_at"], kind, clock)
    english = clock.language == "en"
    stage = row["promise__stage__title_en"] if english else ""
    stage = stage or row["promise__stage__title_ru"]
    return TodayRow(
        kind=kind,
        due=due,
        until=until,
        title=row["case__title"],
        number=numbered(row["case__contract__registered_number"] or row["case__number"]),
        url=f"/desk/cases/{row['case_id']}/",
        client=row_whole(row, "case__client__"),
        worth=worth_line(row["case__client__worth"], row["case__client__since"], clock.today),
        why=why_now(row, held, clock.language, clock.at),
        chip=stage or row["promise__moment__name_en" if english else "promise__moment__name_ru"],
        who="",
        step=next_step(row, held),
    )


def _kind(row: Mapping[str, Any], clock: _Clock) -> str:
    due = row["promise__due_at"]
    if row["promise__state"] == PromiseState.PAUSED:
        return "still"
    if due < clock.at:
        return "late"
    if due <= clock.soon:
        return "now"
    if due < clock.midnight:
        return "today"
    return "week" if due < clock.week_ends else "later"


def _due(due: datetime, kind: str, clock: _Clock) -> tuple[str, str]:
    """The large word and the small one: time left or overdrawn near its end, else the moment."""
    zone = timezone.get_current_timezone()
    local = due.astimezone(zone)
    oclock = f"{local.hour:02}:{local.minute:02}"
    today = clock.at.astimezone(zone).date()
    match kind:
        case "late":
            over = between(clock.calendar, due, clock.at)
            minutes = -max(1, int(over.total_seconds() // 60))
            was = gettext("was due %(when)s") % {
                "when": formats.when(due, clock.at, clock.language, zone)
            }
            return formats.hours(minutes, clock.language), was
        case "now":
            by = formats.by(due, clock.at, clock.language, zone)
            left = between(clock.calendar, clock.at, due)
            return (
                formats.hours(int(left.total_seconds() // 60), clock.language),
                gettext("by %(when)s") % {"when": by},
            )
        case "still":
            return gettext("waiting"), ""
        case "today":
            return oclock, ""
    return formats.day(local.date(), today, clock.language), oclock
