"""How everyone who wrote was thanked: which share, how soon; by source and by the mark they gave,
which shows that the unkind are thanked like the kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext

from zabota.people.access import StaffViewer
from zabota.voice.gathering.figures import Coverage
from zabota.voice.models import Mention, MentionState, Source, Way
from zabota.voice.reading.lists import GROUPS


@dataclass
class Line:
    """One group with its figures, and the list behind each of them."""

    name: str
    params: dict[str, str]
    told: Coverage = field(default_factory=Coverage)

    def url(self, **more: str) -> str:
        return "/desk/mentions/?" + urlencode({**self.params, **more})

    @property
    def found_url(self) -> str:
        return self.url(state="all")

    @property
    def thanked_url(self) -> str:
        return self.url(state=MentionState.THANKED)

    @property
    def waiting_url(self) -> str:
        return self.url(state=MentionState.WAITING)

    @property
    def late_url(self) -> str:
        return self.url(state=MentionState.WAITING, late="1")

    @property
    def aside_url(self) -> str:
        return self.url(state=MentionState.ASIDE)


@dataclass(frozen=True)
class Figures:
    """Everything together, by source, by mark."""

    whole: Line
    sources: list[Line]
    marks: list[Line]


def read_figures(viewer: StaffViewer, days: int, *, at: datetime) -> Figures:
    """Of mentions found within so many days; one query for the counts, one for the names."""
    rows = (
        Mention.objects.visible_to(viewer)
        .standing()
        .filter(found_at__gt=at - timedelta(days=days), found_at__lte=at)
        .order_by()
        .values("source", "way", "rating", "case__state", "thanks__used_minutes")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(thanks__due_at__lt=at, thanked_at=None)))
    )
    span = {"days": str(days)}
    whole, names = Line("", span), source_names()
    sources: dict[str, Line] = {}
    marks = {
        key: Line(name, {**span, "marks": key}) for key, name in zip(GROUPS, _marks(), strict=True)
    }
    for row in rows:
        told = _counted(row)
        key = str(row["source"] or row["way"])
        name = names.get(key, key)
        line = sources.setdefault(key, Line(name, {**span, "source": key}))
        for each in (whole, line, marks[group_of(row["rating"])]):
            each.told.add(told)
    by_name = sorted(sources.values(), key=lambda line: (-line.told.found, line.name))
    return Figures(whole, by_name, [line for line in marks.values() if line.told.found])


def source_names() -> dict[str, str]:
    """How each way and source is called."""
    own = {str(Way.LINK): str(Way.LINK.label), str(Way.HEARD): str(Way.HEARD.label)}
    return own | {str(pk): name for pk, name in Source.objects.values_list("pk", "name")}


def group_of(rating: int | None) -> str:
    """Low, middle, high, or none given."""
    if rating is None:
        return "none"
    return "low" if rating <= 2 else "middle" if rating == 3 else "high"


def _marks() -> list[str]:
    return [
        gettext("Mark 1 or 2"), gettext("Mark 3"), gettext("Mark 4 or 5"),
        gettext("Without a mark"),
    ]  # fmt: skip


def _counted(row: Mapping[str, Any]) -> Coverage:
    state, count = row["case__state"], row["n"]
    told = Coverage(found=count)
    if state == MentionState.THANKED:
        told.thanked = count
        if row["thanks__used_minutes"] is not None:
            told.minutes[row["thanks__used_minutes"]] = count
    elif state == MentionState.ASIDE:
        told.aside = count
    else:
        told.waiting, told.late = count, row["late"]
    return told
