"""What clients collect, tiers of clients, and the rules by which points are earned."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.loyalty.entries import (
    RULE_ENDED,
    RULE_MADE,
    TIER_CLOSED,
    TIER_SET,
    UNIT_CLOSED,
    UNIT_SET,
)
from zabota.loyalty.models import EarnRule, Occasion, Tier, Unit
from zabota.loyalty.rules import may_set_points
from zabota.people.actions.held import held_firm
from zabota.people.models import Firm, Place, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


class UnitFields(TypedDict):
    """How it is called, counted, and what it pays at the till."""

    name_ru: str
    name_en: str
    one_ru: str
    few_ru: str
    many_ru: str
    one_en: str
    many_en: str
    pays: Decimal | None
    pays_share: int


class TierFields(TypedDict):
    """What it is called, and from which worth on."""

    name_ru: str
    name_en: str
    least: Decimal


class RuleFields(TypedDict):
    """What is earned, on what, where, by whom and when."""

    occasion: str
    unit: Unit
    rate: Decimal | None
    amount: int | None
    least: Decimal
    place: Place | None
    tier: Tier | None
    may_owe: bool
    from_day: date
    until_day: date | None


@transaction.atomic
def set_unit(unit: Unit | None, fields: UnitFields, *, by: User | None, at: datetime) -> Unit:
    """Something more to collect, or other words for it."""
    firm = _held(by, at)
    if unit is None:
        count = Unit.objects.count()
        unit = Unit(slug=f"unit-{count + 1}", position=count, made_at=at)
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.save()
    _gives_points()
    _remember(firm, UNIT_SET, by, at, {"ru": unit.name_ru, "en": unit.name_en}, unit=unit.pk)
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, by: User | None, at: datetime) -> bool:
    """It is earned no more, nor spent on rewards; what clients hold stays theirs, and pays at the
    till as before.
    """
    firm = _held(by, at)
    if not Unit.objects.filter(pk=unit.pk, closed_at=None).update(closed_at=at):
        return False
    _gives_points()
    _remember(firm, UNIT_CLOSED, by, at, {"ru": unit.name_ru, "en": unit.name_en}, unit=unit.pk)
    return True


@transaction.atomic
def set_tier(tier: Tier | None, fields: TierFields, *, by: User | None, at: datetime) -> Tier:
    """A name for clients of such worth and more."""
    firm = _held(by, at)
    same = Tier.objects.filter(closed_at=None, least=fields["least"])
    if tier is not None:
        same = same.exclude(pk=tier.pk)
    if same.exists():
        raise Refused("same_tier", _("There is a tier from this sum on."), field="least")
    tier = tier or Tier(made_at=at)
    for name, value in fields.items():
        setattr(tier, name, value)
    tier.save()
    _remember(firm, TIER_SET, by, at, {"ru": tier.name_ru, "en": tier.name_en}, tier=tier.pk)
    return tier


@transaction.atomic
def close_tier(tier: Tier, *, by: User | None, at: datetime) -> bool:
    """Nobody is of this tier any more."""
    firm = _held(by, at)
    if not Tier.objects.filter(pk=tier.pk, closed_at=None).update(closed_at=at):
        return False
    _remember(firm, TIER_CLOSED, by, at, {"ru": tier.name_ru, "en": tier.name_en}, tier=tier.pk)
    return True


@transaction.atomic
def make_rule(fields: RuleFields, *, by: User | None, at: datetime) -> EarnRule:
    """From a day on something is earned on an occasion."""
    firm = _held(by, at)
    if fields["rate"] is not None and fields["occasion"] != Occasion.PURCHASE:
        raise Refused("no_sum", _("Only a purchase has a sum to reckon from."), field="rate")
    if (fields["rate"] is None) == (fields["amount"] is None):
        raise Refused("one_way", _("Give one of the two: per 100 ₽, or a number."), field="amount")
    until = fields["until_day"]
    if until is not None and until < fields["from_day"]:
        raise Refused("ends_before", _("It ends before it begins."), field="until_day")
    rule = EarnRule.objects.create(**fields, made_by=by, made_at=at)
    name = {"ru": rule.unit.name_ru, "en": rule.unit.name_en}
    _remember(firm, RULE_MADE, by, at, name, rule=rule.pk, occasion=rule.occasion)
    return rule


@transaction.atomic
def end_rule(rule: EarnRule, *, by: User | None, at: datetime, today: date) -> bool:
    """Nothing more is earned by it for what happens from today on; what was earned stays, and a
    receipt of yesterday that comes late earns by it. One without a whole day never was.
    """
    firm = _held(by, at)
    last = today - timedelta(days=1)
    rule = EarnRule.objects.select_for_update().select_related("unit").get(pk=rule.pk)
    if rule.void or (rule.until_day is not None and rule.until_day <= last):
        return False
    if rule.from_day > last:
        rule.void = True
    else:
        rule.until_day = last
    rule.save(update_fields=["until_day", "void"])
    name = {"ru": rule.unit.name_ru, "en": rule.unit.name_en}
    _remember(firm, RULE_ENDED, by, at, name, rule=rule.pk, occasion=rule.occasion)
    return True


def _gives_points() -> None:
    """The sections of points are there while the firm gives any."""
    Firm.objects.filter(pk=1).update(
        gives_points=Unit.objects.in_use().exists(), version=F("version") + 1
    )


def _held(by: User | None, at: datetime) -> Firm:
    demand(by is None or may_set_points(by, at))
    return held_firm()


def _remember(
    firm: Firm, kind: object, by: User | None, at: datetime, name: dict[str, str], **facts: object
) -> None:
    record(firm.stream, kind, by=by.pk if by else None, at=at, name=name, **facts)  # type: ignore[arg-type]
