"""How the firm thanks: how soon, who does it, in which words to begin; and the card on which
mentions lie until their author is known.
"""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import add_client, refuse_client
from zabota.clients.models import Client
from zabota.goodwill.models import Good
from zabota.journal.actions import record
from zabota.people.actions.held import held_firm
from zabota.people.models import Employee, Team, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand
from zabota.voice.entries import MANNERS_CHANGED, READY_THANKS_CLOSED, READY_THANKS_SET
from zabota.voice.gathering.exchange import fault_of
from zabota.voice.models import Manners, PlaceKind, ReadyThanks
from zabota.voice.rules import may_set_up_sources

UNKNOWN = ("Пока незнакомые авторы", "Authors not known yet")
LONGEST = 4_000
# What makes of thanks an exchange, and what to do instead.
FAULTS = {
    "asks": _(
        "“%(words)s” asks for something in return. We thank for what was written as it was"
        " written: please put it otherwise."
    ),
    "reward": _(
        "“%(words)s” names a reward. It comes by itself after the thanks, the same to everybody,"
        " and is spoken of nowhere before: please put it otherwise."
    ),
}


class ReadyFields(TypedDict):
    """What is typed about words of thanks; no kind of place means any."""

    place_kind: str
    for_trouble: bool
    text_ru: str
    text_en: str


def held_manners(*, by: object, at: datetime) -> Manners:
    """The firm's manners, locked: two that note one mention at once do it one after the other."""
    Manners.objects.get_or_create(pk=1)
    manners = Manners.objects.select_for_update(of=("self",)).select_related("unknown", "team")
    return manners.get(pk=1)


def who_thanks(manners: Manners) -> tuple[Employee, list[Employee]]:
    """Who answers for a mention nobody knows the author of, and all of the team that thanks."""
    people = Employee.objects.working().select_related("user", "lead").order_by("pk")
    team = list(people.filter(team=manners.team_id)) if manners.team_id else []
    return (team or list(people.filter(is_administrator=True)))[0], team


def unknown_author(manners: Manners, *, by: None, at: datetime) -> Client:
    """The card on which mentions lie until a person says whose they are. It is no client: it
    stands in no list of them.
    """
    if manners.unknown is None:
        owner, _team = who_thanks(manners)
        name, name_en = UNKNOWN
        client = add_client(
            {"kind": "person", "name": name, "name_en": name_en}, owner=owner, by=by, at=at
        )
        manners.unknown = refuse_client(client, by=by, at=at)
        manners.save(update_fields=["unknown"])
    return manners.unknown


class RewardFields(TypedDict, total=False):
    """What everybody has who was thanked: a thing, a discount, or points where neither is set."""

    good: Good | None
    percent: int | None
    most: Decimal | None


@transaction.atomic
def set_manners(
    minutes: int,
    team: Team | None,
    *,
    by: User,
    at: datetime,
    reward: RewardFields | None = None,
) -> Manners:
    """From now on mentions are thanked for within so many working minutes, by this team; and
    everybody who was thanked has the same, whatever they wrote.
    """
    demand(may_set_up_sources(by, at))
    if minutes < 1:
        raise Refused("no_time", _("Say within how many hours we thank."), field="hours")
    manners = held_manners(by=by, at=at)
    manners.minutes, manners.team = minutes, team
    if reward is not None:
        _set_reward(manners, reward)
    manners.save(update_fields=["minutes", "team", "good", "percent", "most"])
    record(held_firm().stream, MANNERS_CHANGED, by=by.pk, at=at, minutes=minutes)
    return manners


def _set_reward(manners: Manners, reward: RewardFields) -> None:
    good, percent, most = reward.get("good"), reward.get("percent"), reward.get("most")
    if good is None and (percent is None) != (most is None):
        raise Refused(
            "discount", _("Of a discount say both: how many percent, up to what sum."),
            field="percent" if percent is None else "most",
        )  # fmt: skip
    if good is not None:
        percent = most = None
    manners.good, manners.percent, manners.most = good, percent, most


@transaction.atomic
def set_ready_thanks(
    ready: ReadyThanks | None, fields: ReadyFields, *, by: User | None, at: datetime
) -> ReadyThanks:
    """Words to begin from. What asks for something, or names a reward, is offered to nobody."""
    demand(by is None or may_set_up_sources(by, at))
    if ready is None:
        ready = ReadyThanks(made_at=at)
    if ready.closed_at is not None:
        raise Refused("closed", _("These words are offered no longer."))
    ready.place_kind = str(PlaceKind(fields["place_kind"])) if fields["place_kind"] else ""
    ready.for_trouble = fields["for_trouble"]
    for name in ("text_ru", "text_en"):
        setattr(ready, name, clean_thanks(fields[name], name))
    ready.save()
    record(held_firm().stream, READY_THANKS_SET, by=by.pk if by else None, at=at, ready=ready.pk)
    return ready


@transaction.atomic
def close_ready_thanks(ready: ReadyThanks, *, by: User, at: datetime) -> None:
    """They are offered no longer."""
    demand(may_set_up_sources(by, at))
    if not ReadyThanks.objects.filter(pk=ready.pk, closed_at=None).update(closed_at=at):
        raise Refused("closed", _("These words are offered no longer."))
    record(held_firm().stream, READY_THANKS_CLOSED, by=by.pk, at=at, ready=ready.pk)


def clean_thanks(text: str, field: str = "words") -> str:
    """Words of thanks as they are kept; Refused where there are none, or where they are no thanks
    but an exchange.
    """
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not words:
        raise Refused("no_words", _("Write the words of thanks."), field=field)
    if len(words) > LONGEST:
        raise Refused("too_long", _("This is too long for thanks."), field=field)
    fault = fault_of(words)
    if fault is not None:
        raise Refused(fault[0], FAULTS[fault[0]], field=field, words=fault[1])
    return words
