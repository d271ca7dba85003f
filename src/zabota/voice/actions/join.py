"""Mentions that are one: joined, parted, told apart."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    drop_promise,
    hold_together,
    rank_holders,
    store_promises,
    undo_link,
)
from zabota.cases.models import Case, Link, LinkKind, PromiseState
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.voice.entries import MENTION_JOINED, MENTION_JOINED_TO, MENTION_PARTED
from zabota.voice.gathering.twins import JOINED, OFFERED
from zabota.voice.models import Mention, MentionState, Twin
from zabota.voice.reading.near import Near
from zabota.voice.rules import may_join_mentions

# A promise that is over because another one keeps it.
WITH_ANOTHER = "joined"
WEIGHT = 3


def join_as_same(
    mention: Mention, near: Iterable[Near], *, by: None, at: datetime
) -> Mention | None:
    """Joined by itself to the oldest it is surely the same as."""
    sure = [one for one in near if one.alike.sure >= JOINED]
    if not sure:
        return None
    oldest = min(sure, key=lambda one: one.root)
    stays = Mention.objects.select_related("case").get(pk=oldest.root)
    join_mentions(stays, mention, by=by, at=at, sure=oldest.alike.sure)
    return stays


def offer_twins(mention: Mention, near: Iterable[Near], *, by: None, at: datetime) -> int:
    """Those that may be the same are shown to a person."""
    offered: dict[int, Near] = {}
    for one in near:
        if OFFERED <= one.alike.sure < JOINED and one.root != mention.pk:
            best = offered.get(one.root)
            if best is None or one.alike.sure > best.alike.sure:
                offered[one.root] = one
    rows = [
        Twin(
            one_id=min(mention.pk, root), other_id=max(mention.pk, root),
            sure=one.alike.sure, why=list(one.alike.why),
        )
        for root, one in offered.items()
    ]  # fmt: skip
    Twin.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def join_mentions(
    stays: Mention, goes: Mention, *, by: StaffViewer | None, at: datetime, sure: int = 100
) -> Link:
    """From now on `goes` is the same as `stays`: thanked once. Both texts stay; what was promised
    of the one that goes is kept by the other.
    """
    if by is not None and not may_join_mentions(by):
        raise PermissionDenied
    held = hold_together(stays.pk, goes.pk)
    if len(held) < 2:
        raise Refused("same", _("Choose another mention."))
    stays, goes = _fresh(stays.pk), _fresh(goes.pk)
    _check(stays, goes)
    was = {"sure": sure, "state": goes.case.state, "promise": goes.thanks.state}
    link = Link.objects.create(
        one=goes.case, other=stays.case, kind=LinkKind.MERGED, kept=was,
        by=by.user if by else None, at=at,
    )  # fmt: skip
    Case.objects.filter(pk=goes.pk).update(root=stays.pk)
    if goes.thanks.state == PromiseState.RUNNING:
        dropped = drop_promise(goes.thanks, by=by, at=at, outcome=WITH_ANOTHER)
        store_promises([dropped])
        rank_holders([dropped], by=by, at=at)
    actor = by.user.pk if by else None
    record(
        held[stays.pk].stream,
        MENTION_JOINED,
        by=actor,
        at=at,
        mention=stays.pk,
        joined=goes.pk,
        number=goes.case.number,
        where=goes.where,
    )
    record(
        held[goes.pk].stream, MENTION_JOINED_TO, by=actor, at=at, mention=goes.pk,
        number=stays.case.number,
    )  # fmt: skip
    return link


@transaction.atomic
def part_mentions(link: Link, *, by: StaffViewer, at: datetime) -> Mention:
    """They are two after all: what was promised of the one that went runs on from where it was, and
    nobody offers to join them again.
    """
    if not may_join_mentions(by):
        raise PermissionDenied
    if link.kind != LinkKind.MERGED:
        raise ValueError(f"{link.kind} is no joining")
    held = hold_together(link.one_id, link.other_id)
    goes = _fresh(link.one_id)
    undo_link(link, by=by.user, at=at)
    Case.objects.filter(pk=goes.pk).update(root=None)
    if goes.thanks.state == PromiseState.DROPPED and goes.thanks.outcome == WITH_ANOTHER:
        goes.thanks.state, goes.thanks.settled_at = PromiseState.RUNNING, None
        goes.thanks.outcome, goes.thanks.used_minutes = "", None
        store_promises([goes.thanks])
        goes.thanks.save(update_fields=["used_minutes"])
        rank_holders([goes.thanks], by=by, at=at, weight=WEIGHT)
    tell_apart(goes, link.other_id, at=at)
    for case in (link.one_id, link.other_id):
        record(
            held[case].stream, MENTION_PARTED, by=by.user.pk, at=at, mention=case,
            number=goes.case.number,
        )  # fmt: skip
    return _fresh(goes.pk)


@transaction.atomic
def say_apart(twin: Twin, *, by: StaffViewer, at: datetime) -> None:
    """These two are two, and it is asked no more."""
    if not may_join_mentions(by):
        raise PermissionDenied
    Twin.objects.filter(pk=twin.pk, apart_at=None).update(apart_at=at)


def tell_apart(mention: Mention, other: int, *, at: datetime) -> None:
    """What was joined and parted is not joined by a machine again."""
    one, two = sorted((mention.pk, other))
    Twin.objects.update_or_create(
        one_id=one, other_id=two, defaults={"apart_at": at}, create_defaults={
            "sure": 0, "apart_at": at,
        },
    )  # fmt: skip


def _check(stays: Mention, goes: Mention) -> None:
    """Refused where they cannot be one."""
    if stays.case.root_id is not None or goes.case.root_id is not None:
        raise Refused("joined", _("One of them is joined to another one already."))
    if goes.case.merged.exists():
        raise Refused("took_in", _("Others are joined to it: let it stand and join this one."))
    if goes.case.state == MentionState.THANKED and stays.case.state != MentionState.THANKED:
        raise Refused("thanked", _("It is thanked for already: let that one stand."))
    if goes.confirmed_at is not None and stays.case.client.whole_id != goes.case.client.whole_id:
        raise Refused("authors", _("They have two authors, each confirmed by a person."))


def _fresh(pk: int) -> Mention:
    return Mention.objects.select_related("case__stream", "case__client", "thanks").get(pk=pk)


def twins_of(mention: Mention) -> Q:
    """What may be the same as this one."""
    return Q(one=mention) | Q(other=mention)
