"""How a case hangs together with others, as a person reads it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import SAID, Case, Link, LinkKind
from zabota.common.questions import One, Question
from zabota.people.access import StaffViewer

# What either side is called: the one's, the other's, in the order they are shown.
NAMES: tuple[tuple[str, LazyText, LazyText], ...] = (
    (LinkKind.PART, _("Is part of"), _("Its parts")),
    (LinkKind.CONCERNS, _("Concerns"), _("Belongs to this")),
    (LinkKind.CAUSED, _("Came of"), _("Led to")),
    (LinkKind.DUPLICATE, _("Repeats"), _("Repeated in")),
    (LinkKind.MERGED, _("Merged into"), _("Merged into this")),
    (LinkKind.SPLIT, _("Split from"), _("Split off")),
)


@dataclass(frozen=True)
class LinkRow:
    """The case at the other end of a link, and where it is taken back by a press."""

    link: int
    case: Case
    undo: str


@dataclass
class LinkGroup:
    """All cases that stand to this one in the same way."""

    title: str
    rows: list[LinkRow] = field(default_factory=list)


def read_links(case: Case, viewer: StaffViewer) -> list[LinkGroup]:
    """What this case hangs together with, of what the viewer may see; two queries."""
    links = _links(case=case.pk)
    if not links:
        return []
    seen = _seen((one for link in links for one in (link.one_id, link.other_id)), viewer)
    groups: list[LinkGroup] = []
    for kind, of_one, of_other in NAMES:
        for title, mine, theirs in (
            (of_one, "one_id", "other_id"),
            (of_other, "other_id", "one_id"),
        ):
            rows = [
                LinkRow(link.pk, seen[getattr(link, theirs)], _undo(link))
                for link in links
                if link.kind == kind
                and getattr(link, mine) == case.pk
                and getattr(link, theirs) in seen
            ]
            if rows:
                groups.append(LinkGroup(str(title), rows))
    return groups


_links = Question(
    lambda case: Link.objects.filter(Q(one=case) | Q(other=case), undone_at=None).order_by("pk"),
    case=One(),
)


def _seen(cases: Iterable[int], viewer: StaffViewer) -> dict[int, Case]:
    visible = Case.objects.visible_to(viewer).filter(pk__in=set(cases))
    return {one.pk: one for one in visible.select_related("client")}


def _undo(link: Link) -> str:
    """What a person said is taken back; a merging and a split are undone by their own verb."""
    return f"/desk/{'' if link.kind in SAID else 'tickets/'}links/{link.pk}/undo/"
