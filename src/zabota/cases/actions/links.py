"""Saying how two cases hang together, and taking it back."""

from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zabota.cases.entries import CASES_LINKED, CASES_UNLINKED
from zabota.cases.models import SAID, Case, Link, LinkKind
from zabota.cases.rules import may_link_cases
from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.refusal import Refused

# How either side's history says it: of the one, of the other; in Russian and in English.
SIDES: Final = {
    LinkKind.CONCERNS: (("Касается", "Concerns"), ("К этому относится", "Belongs to this")),
    LinkKind.PART: (("Входит в", "Is part of"), ("Состоит в том числе из", "Has as a part")),
    LinkKind.CAUSED: (("Вызвано", "Was caused by"), ("Повлекло за собой", "Led to")),
    LinkKind.DUPLICATE: (("Повторяет", "Is a duplicate of"), ("Повторено в", "Has a duplicate")),
}


@transaction.atomic
def link_cases(one: Case, other: Case, kind: str, *, by: StaffViewer, at: datetime) -> Link:
    """The one concerns, is part of, was caused by or repeats the other; both histories say so.
    Refused where it is said already, or would make a case a part of itself.
    """
    if not may_link_cases(by):
        raise PermissionDenied
    if kind not in SAID:
        raise ValueError(f"{kind} is a verb of its own")
    if one.pk == other.pk:
        raise Refused("same_case", _("Choose another one."), field="other")
    held = hold_together(one.pk, other.pk)
    one, other = held[one.pk], held[other.pk]
    standing = Link.objects.filter(kind=kind, undone_at=None)
    if standing.filter(one=one, other=other).exists():
        raise Refused("linked", _("This is said already."), field="other")
    if kind == LinkKind.PART:
        _check_parent(one, other)
    link = Link.objects.create(one=one, other=other, kind=kind, by=by.user, at=at)
    _remember(CASES_LINKED, link, by=by.user, at=at)
    return link


@transaction.atomic
def unlink_cases(link: Link, *, by: StaffViewer, at: datetime) -> None:
    """They do not hang together so any more."""
    if not may_link_cases(by):
        raise PermissionDenied
    if link.kind not in SAID:
        raise ValueError(f"{link.kind} is undone by a verb of its own")
    held = hold_together(link.one_id, link.other_id)
    undo_link(link, by=by.user, at=at)
    link.one, link.other = held[link.one_id], held[link.other_id]
    _remember(CASES_UNLINKED, link, by=by.user, at=at)


def undo_link(link: Link, *, by: User | None, at: datetime) -> None:
    """Claim the undoing of it; Refused where somebody did it before."""
    standing = Link.objects.filter(pk=link.pk, undone_at=None)
    if standing.update(undone_at=at, undone_by=by) != 1:
        raise Refused("undone", _("This is taken back already."))


def hold_together(*cases: int) -> dict[int, Case]:
    """Several cases as they are now, their streams locked in one order: those that stand before
    those merged into them, as whoever acts on what stands locks them, too.
    """
    held = Case.objects.select_related("stream", "client").select_for_update(of=("stream",))
    order = F("root").asc(nulls_first=True), "stream"
    return {one.pk: one for one in held.filter(pk__in=cases).order_by(*order)}


def _check_parent(one: Case, other: Case) -> None:
    """A case is part of one other at most, and never of its own parts."""
    parents = Link.objects.filter(kind=LinkKind.PART, undone_at=None)
    above = dict(parents.values_list("one", "other"))
    if one.pk in above:
        raise Refused("has_parent", _("It is part of another one already."), field="other")
    up: int | None = other.pk
    while up is not None:
        if up == one.pk:
            raise Refused("circle", _("That one is a part of this one."), field="other")
        up = above.get(up)


def _remember(kind: EntryKind, link: Link, *, by: User, at: datetime) -> None:
    """In the history of either, as it looks from there."""
    pairs = (
        (link.one, link.other, SIDES[LinkKind(link.kind)][0]),
        (link.other, link.one, SIDES[LinkKind(link.kind)][1]),
    )
    for here, there, (ru, en) in sorted(pairs, key=lambda pair: pair[0].stream_id):
        record(
            here.stream,
            kind,
            by=by.pk,
            at=at,
            case=here.pk,
            there=there.pk,
            how={"ru": ru, "en": en},
            number=there.number,
        )
