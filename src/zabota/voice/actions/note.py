"""A mention is found: kept with its words, promised thanks, told to whoever thanks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import Hold, lay_promise, next_number, open_case, set_holders
from zabota.cases.models import Case, Promise
from zabota.cases.moments import MENTION_THANKS
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee, Place
from zabota.people.refusal import Refused
from zabota.tickets.actions.words import excerpt
from zabota.voice.actions.guess import guess_authors
from zabota.voice.actions.join import join_as_same, offer_twins
from zabota.voice.actions.manners import held_manners, unknown_author, who_thanks
from zabota.voice.entries import MENTION_FOUND
from zabota.voice.gathering.found import LONGEST_TEXT, Found, forgotten
from zabota.voice.gathering.links import host_of
from zabota.voice.gathering.places import kind_of, language_of
from zabota.voice.gathering.twins import Told, digest_of, digest_of_link, keys_of
from zabota.voice.models import (
    Delivery,
    Manners,
    Mention,
    MentionKey,
    MentionState,
    PlaceKind,
    Source,
    Way,
)
from zabota.voice.reading.near import known_already, nearest
from zabota.voice.rules import may_note_mention

WORDS: Final = ("Поблагодарить автора", "Thank the author")
LONGEST_TITLE: Final = 120
WEIGHT: Final = 3


@dataclass(frozen=True)
class Where:
    """By which way it came to us, and from where."""

    way: str = Way.LINK
    place_kind: str = ""
    where: str = ""
    said_at: Place | None = None
    source: Source | None = None
    delivery: Delivery | None = None
    read_at: datetime | None = None


@dataclass(frozen=True)
class Noted:
    """The mention, and whether it is new: what is known already is not promised thanks twice."""

    mention: Mention
    is_new: bool


@transaction.atomic
def note_mention(found: Found, where: Where, *, by: StaffViewer | None, at: datetime) -> Noted:
    """What somebody wrote or said is kept, and thanks are promised from this moment. The same page
    with the same words is the same mention; the same words elsewhere are joined to it.
    """
    if by is not None and not may_note_mention(by):
        raise PermissionDenied
    if not found.text.strip() and (found.is_empty or where.way == Way.HEARD):
        raise Refused("no_words", _("Write what was said."), field="text")
    manners = held_manners(by=by, at=at)
    before = _by_source(found, where)
    if before is not None:
        return Noted(before, is_new=False)
    told = Told(found.text, found.link, found.author)
    near = nearest(told)
    same = known_already(told, near)
    if same is not None:
        return Noted(same, is_new=False)
    mention = _keep(found, where, manners, by=by, at=at)
    keys = sorted({key[:60] for key in keys_of(told)})
    MentionKey.objects.bulk_create(MentionKey(mention=mention, key=key) for key in keys)
    _remember(mention, by, at)
    if not join_as_same(mention, near, by=None, at=at):
        offer_twins(mention, near, by=None, at=at)
        guess_authors(mention, by=None, at=at)
    return Noted(mention, is_new=True)


def _by_source(found: Found, where: Where) -> Mention | None:
    if where.source is None or not found.outer:
        return None
    names = (found.outer[:300], forgotten(found.outer[:300]))
    rows = Mention.objects.filter(source=where.source, outer__in=names)
    return rows.select_related("case").first()


def _keep(
    found: Found, where: Where, manners: Manners, *, by: StaffViewer | None, at: datetime
) -> Mention:
    owner, team = who_thanks(manners)
    owner = by.employee if by is not None and not team else owner
    case = _case(found, manners, owner, by=by, at=at)
    thanks = _promise(case, manners, owner, team, by=by, at=at)
    kind, site = _kind_of_place(found, where), host_of(found.link)
    mention = Mention(
        case=case, way=where.way, source=where.source, delivery=where.delivery,
        outer=found.outer[:300], link=found.link[:2000], link_digest=digest_of_link(found.link),
        text=found.text[:LONGEST_TEXT], digest=digest_of(found.text), read_at=where.read_at,
        language=language_of(found.text or found.title), author=found.author[:200],
        author_link=found.author_link[:500], place_kind=kind,
        where=(where.where or site)[:120], said_at=where.said_at, rating=found.rating,
        written_at=found.written_at, found_at=at, by=by.employee if by else None,
        thanks=thanks,
    )  # fmt: skip
    mention.save(force_insert=True)
    return mention


def _kind_of_place(found: Found, where: Where) -> str:
    """As it was said, else as its address tells, else as its source is."""
    kind = where.place_kind or kind_of(found.link)
    return where.source.place_kind if where.source and kind == PlaceKind.OTHER else kind


def _case(
    found: Found, manners: Manners, owner: Employee, *, by: StaffViewer | None, at: datetime
) -> Case:
    year, number = next_number("mention", by=by, at=at)
    return open_case(
        "mention",
        by=by.user if by else None,
        at=at,
        number=f"У-{year}-{number:05d}",
        title=excerpt(found.title or found.text or found.link, LONGEST_TITLE),
        client=unknown_author(manners, by=None, at=at),
        owner=owner,
        state=MentionState.WAITING,
        audience="ours",
    )


def _promise(
    case: Case,
    manners: Manners,
    owner: Employee,
    team: list[Employee],
    *,
    by: object,
    at: datetime,
) -> Promise:
    thanks = lay_promise(
        case, MENTION_THANKS, by=by, at=at, words=WORDS, minutes=manners.minutes,
        audience="ours", calendar=calendar_of(current_firm()),
    )  # fmt: skip
    holds = [Hold(one.pk, through="team", team=manners.team_id) for one in team]
    set_holders({thanks: holds or [Hold(owner.pk)]}, by=by, at=at, weight=WEIGHT)
    return thanks


def _remember(mention: Mention, by: StaffViewer | None, at: datetime) -> None:
    record(
        mention.case.stream,
        MENTION_FOUND,
        by=by.user.pk if by else None,
        at=at,
        mention=mention.pk,
        way=mention.way,
        where=mention.where or str(PlaceKind(mention.place_kind)),
    )
