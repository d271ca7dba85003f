"""Rewards: set by the firm, taken by clients, handed over. What is shown is given."""

import secrets
from datetime import date, datetime, timedelta
from typing import TypedDict

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.loyalty.actions.earn import local_day
from zabota.loyalty.actions.held import Actor, account_of, hold_whole
from zabota.loyalty.actions.post import post_transfer
from zabota.loyalty.actions.spend import give_back, taken
from zabota.loyalty.entries import (
    REWARD_CALLED_BACK,
    REWARD_CLOSED,
    REWARD_GIVEN,
    REWARD_SET,
    REWARD_TAKEN,
)
from zabota.loyalty.models import Claim, ClaimState, Reward, Tier, TransferKind, Unit
from zabota.loyalty.reading.earning import tiers_of
from zabota.loyalty.rules import may_set_points, may_take_rewards, may_use_till
from zabota.people.actions.held import held_firm
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

# Whoever was shown a reward gets it within this time, whatever others took meanwhile.
SHOWN_FOR = timedelta(days=1)
SALT = "zabota.loyalty.shown"
# Without letters that are taken for others.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE = 10


class RewardFields(TypedDict):
    """What it is, what it costs, how many there are, since when and for whom sooner."""

    kind: str
    name_ru: str
    name_en: str
    words_ru: str
    words_en: str
    after_ru: str
    after_en: str
    unit: Unit
    price: int
    stock: int | None
    from_day: date
    until_day: date | None
    early_tier: Tier | None
    early_day: date | None


@transaction.atomic
def set_reward(
    reward: Reward | None, fields: RewardFields, *, by: User | None, at: datetime
) -> Reward:
    """One more reward, or another price, stock or words of it; what was taken stays as it was."""
    demand(by is None or may_set_points(by, at))
    firm = held_firm()
    if (fields["early_tier"] is None) != (fields["early_day"] is None):
        raise Refused("half_early", _("Sooner for whom, and since when: both."), field="early_day")
    reward = reward or Reward(made_at=at)
    for name, value in fields.items():
        setattr(reward, name, value)
    reward.save()
    record(
        firm.stream, REWARD_SET, by=by.pk if by else None, at=at, name=_named(reward),
        reward=reward.pk,
    )  # fmt: skip
    return reward


@transaction.atomic
def close_reward(reward: Reward, *, by: User | None, at: datetime) -> bool:
    """It is shown no more; whoever took it gets it."""
    demand(by is None or may_set_points(by, at))
    firm = held_firm()
    if not Reward.objects.filter(pk=reward.pk, closed_at=None).update(closed_at=at):
        return False
    record(
        firm.stream, REWARD_CLOSED, by=by.pk if by else None, at=at, name=_named(reward),
        reward=reward.pk,
    )  # fmt: skip
    return True


def shown_token(reward: Reward, client: Client, at: datetime) -> str:
    """Says that this client was shown this reward at this price now; stands in its button."""
    told = [reward.pk, client.whole_id, reward.price, int(at.timestamp())]
    return signing.dumps(told, salt=SALT, compress=False)


@transaction.atomic
def take_reward(
    reward: Reward, client: Client, *, by: Actor, at: datetime, shown: str = ""
) -> Claim:
    """It is the client's from now on, and its price is spent. Who was shown it gets it, at the
    price shown, though the last one went or it was closed meanwhile: then we owe one more.
    """
    _demand(by, client, at)
    held = hold_whole(client)
    seen, fresh = _price_shown(reward, held, shown, at)
    price = seen if fresh else None
    in_stock = _one_less(reward, held, at)
    reward = Reward.objects.select_related("unit").get(pk=reward.pk)
    if not in_stock and price is None:
        raise Refused("not_shown", _("This reward is not given any more."))
    if price is None and seen is not None and seen != reward.price:
        raise Refused("other_price", _("The price is another one by now: please look again."))
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
    price = reward.price if price is None else price
    user = account_of(by)
    spent = post_transfer(
        TransferKind.SPEND, taken(held, reward.unit, price), client=held, unit=reward.unit,
        mark=f"claim:{code}", by=by, at=at,
    )  # fmt: skip
    claim = Claim.objects.create(
        reward=reward, client=held, transfer=spent, code=code, over_stock=not in_stock,
        taken_by=user, taken_at=at,
    )  # fmt: skip
    record(
        held.stream, REWARD_TAKEN, by=user.pk if user else None, at=at,
        client=held.pk, claim=claim.pk, transfer=str(spent.pk), amount=price,
        counted=reward.unit.in_words(price), reward=_named(reward),
    )  # fmt: skip
    return claim


@transaction.atomic
def hand_over_reward(claim: Claim, *, by: Actor, at: datetime) -> Claim:
    """The client has it in hand."""
    if not may_use_till(account_of(by), at):
        raise PermissionDenied
    held = hold_whole(claim.client)
    _end(claim, ClaimState.GIVEN, account_of(by), at)
    _remember(REWARD_GIVEN, held, claim, by, at)
    return Claim.objects.get(pk=claim.pk)


@transaction.atomic
def call_back_reward(claim: Claim, *, by: Actor, at: datetime) -> Claim:
    """The client, or one of ours for them, wants the points instead, before it is handed over."""
    _demand(by, claim.client, at)
    held = hold_whole(claim.client)
    _end(claim, ClaimState.CALLED_BACK, account_of(by), at)
    if not claim.over_stock:
        Reward.objects.filter(pk=claim.reward_id, stock__isnull=False).update(stock=F("stock") + 1)
    give_back(held, claim.transfer, mark=f"claim-back:{claim.pk}", by=by, at=at)
    _remember(REWARD_CALLED_BACK, held, claim, by, at)
    return Claim.objects.get(pk=claim.pk)


def _demand(by: Actor, client: Client, at: datetime) -> None:
    """The client themselves in the room, or whoever of ours is at the till."""
    if by is None:
        return
    if isinstance(by, RoomViewer):
        if not may_take_rewards(by) or not by.stands_for(client.pk):
            raise PermissionDenied
    elif not may_use_till(account_of(by), at):
        raise PermissionDenied


def _one_less(reward: Reward, client: Client, at: datetime) -> bool:
    """Whether it is given to this client now and there was one: it is theirs."""
    tiers = [tier.pk for tier in tiers_of(client)]
    row = Reward.objects.filter(pk=reward.pk)
    if not Reward.objects.shown(local_day(at), tiers).filter(pk=reward.pk).exists():
        return False
    # By the row alone: what is asked through other tables is not asked again after a wait.
    if row.filter(stock__gt=0).update(stock=F("stock") - 1) == 1:
        return True
    return row.filter(stock=None).exists()


def _price_shown(
    reward: Reward, client: Client, shown: str, at: datetime
) -> tuple[int | None, bool]:
    """At which price this client was shown it, and whether lately; nothing, where they were not."""
    try:
        pk, whole, price, moment = signing.loads(shown, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None, False
    if (pk, whole) != (reward.pk, client.pk):
        return None, False
    return int(price), 0 <= at.timestamp() - moment <= SHOWN_FOR.total_seconds()


def _end(claim: Claim, state: ClaimState, user: User | None, at: datetime) -> None:
    rows = Claim.objects.filter(pk=claim.pk, state=ClaimState.TAKEN)
    if rows.update(state=state, ended_by=user, ended_at=at) != 1:
        raise Refused("claim_over", _("This was handed over or called back already."))


def _remember(kind: object, client: Client, claim: Claim, by: Actor, at: datetime) -> None:
    user, moved = account_of(by), claim.transfer
    record(
        client.stream, kind, by=user.pk if user else None, at=at,  # type: ignore[arg-type]
        client=client.pk, claim=claim.pk, reward=_named(claim.reward), amount=moved.amount,
        counted=moved.unit.in_words(moved.amount),
    )  # fmt: skip


def _named(reward: Reward) -> dict[str, str]:
    return {"ru": reward.name_ru, "en": reward.name_en or reward.name_ru}
