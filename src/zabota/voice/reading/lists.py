"""Lists of mentions: whom to thank, the oldest promise first; whom we thanked; the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from zabota.clients.models import Client
from zabota.common import formats
from zabota.common.ids import row_number
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.people.access import StaffViewer
from zabota.tickets.actions.words import excerpt
from zabota.voice.models import Mention, MentionState, PlaceKind, Way
from zabota.voice.reading.words import is_begun_by

COLUMNS: Final = (
    "pk", "case__number", "case__title", "case__state", "text", "author", "where", "place_kind",
    "rating", "link", "found_at", "written_at", "thanked_at", "confirmed_at", "thanks__due_at",
    "thanked_by__user__name", "thanked_by__user__name_en", "case__client_id",
    *(f"case__client__{name}" for name in WHOLE_NAMES),
)  # fmt: skip
LONGEST: Final = 220
STATES: Final = (*MentionState.values, "all")
GROUPS: Final = ("low", "middle", "high", "none")
SPANS: Final = (30, 90, 365)


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; values nobody offers mean everything."""

    state: str = MentionState.WAITING
    query: str = ""
    source: str = ""
    marks: str = ""
    client: int | None = None
    days: int = 0
    late: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(
            self.query or self.source or self.marks or self.client or self.days or self.late
        )


@dataclass(frozen=True)
class Row:
    """One mention in a list, ready to be printed."""

    pk: int
    number: str
    title: str
    said: str
    who: str
    where: str
    state: str
    client: str
    client_pk: int | None
    promised: str
    late: bool
    found_at: datetime
    thanked_at: datetime | None
    thanked_by: str


@dataclass(frozen=True)
class MentionList:
    """A page of the list with what it was narrowed by."""

    wanted: Wanted
    rows: list[Row]
    leaf: Leaf


def wanted_from(params: Mapping[str, str]) -> Wanted:
    """The filters as an address has them."""
    state, days = params.get("state", ""), params.get("days", "")
    marks, source = params.get("marks", ""), params.get("source", "")
    return Wanted(
        state=state if state in STATES else str(MentionState.WAITING),
        query=params.get("q", "").replace("\0", "").strip()[:200],
        source=source if source in (Way.LINK, Way.HEARD) or row_number(source) else "",
        marks=marks if marks in GROUPS else "",
        client=row_number(params.get("client", "")),
        days=int(days) if days in map(str, SPANS) else 0,
        late=params.get("late") == "1",
    )


def read_mentions(viewer: StaffViewer, params: Mapping[str, str], *, at: datetime) -> MentionList:
    """A page of mentions: those to be thanked by their promise, the others the newest first."""
    wanted = wanted_from(params)
    rows = Mention.objects.visible_to(viewer).standing()
    if wanted.state != "all":
        rows = rows.filter(case__state=wanted.state)
    rows = narrowed(rows, wanted, at)
    waiting = wanted.state == MentionState.WAITING
    leaf = leaf_of(
        lambda: cast(Rows, rows.values(*COLUMNS)),
        params,
        "thanks__due_at" if waiting else "found_at",
        descending=not waiting,
    )
    language = get_language() or "ru"
    return MentionList(wanted, [_row(row, language, at) for row in leaf.rows], leaf)


def narrowed(rows: Any, wanted: Wanted, at: datetime) -> Any:
    """What is asked for, whatever its state."""
    if wanted.source in (Way.LINK, Way.HEARD):
        rows = rows.filter(way=wanted.source)
    elif wanted.source:
        rows = rows.filter(source=int(wanted.source))
    if wanted.marks:
        rows = rows.filter(marked(wanted.marks))
    if wanted.client is not None:
        rows = rows.filter(case__client__in=Client.objects.whole_of(wanted.client).values("pk"))
    if wanted.days:
        rows = rows.filter(found_at__gt=at - timedelta(days=wanted.days), found_at__lte=at)
    if wanted.late:
        rows = rows.filter(thanks__due_at__lt=at, thanked_at=None)
    for word in wanted.query.split():
        folded = word.casefold().replace("ё", "е")
        told = Q(text__contains=word) | Q(author__contains=word) | Q(where__contains=folded)
        rows = rows.filter(told | Q(case__search__contains=folded))
    return rows


def marked(group: str) -> Q:
    """Mentions whose author gave such a mark."""
    return {
        "low": Q(rating__lte=2),
        "middle": Q(rating=3),
        "high": Q(rating__gte=4),
        "none": Q(rating=None),
    }[group]


def _row(row: Mapping[str, Any], language: str, at: datetime) -> Row:
    zone = timezone.get_current_timezone()
    due, known = row["thanks__due_at"], row["confirmed_at"] is not None
    waiting = row["case__state"] == MentionState.WAITING
    said = excerpt(row["text"], LONGEST)
    own = is_begun_by(row["case__title"], row["text"])
    return Row(
        pk=row["pk"],
        number=row["case__number"],
        title=said if own else row["case__title"],
        said="" if own else said,
        who=row["author"],
        where=row["where"] or str(PlaceKind(row["place_kind"]).label),
        state=row["case__state"],
        client=row_whole(row, "case__client__") if known else "",
        client_pk=row["case__client__root_id"] or row["case__client_id"] if known else None,
        promised=formats.when(due, at, language, zone) if waiting and due else "",
        late=waiting and due is not None and due < at,
        found_at=row["found_at"],
        thanked_at=row["thanked_at"],
        thanked_by=row_person(row, "thanked_by__user__"),
    )
