"""Goods that can be given: what one costs us and how many are left."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.goodwill import entries
from zabota.goodwill.models import Gift, Good, Terms
from zabota.goodwill.rules import may_set_budgets
from zabota.journal.actions import lock_stream, record
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


@dataclass(frozen=True)
class GoodFields:
    """What is typed about something to give; no stock: it is not counted."""

    name_ru: str
    cost: Decimal
    name_en: str = ""
    stock: int | None = None


def set_good(good: Good | None, fields: GoodFields, *, by: User | None, at: datetime) -> Good:
    """One more thing to give, or another price or number of one. What was given keeps its cost."""
    demand(by is None or may_set_budgets(by, at))
    if not fields.name_ru.strip() or fields.cost < 0:
        raise Refused("no_name", _("Say what it is and what it costs us."), field="name_ru")
    with transaction.atomic():
        terms = _terms()
        stream = lock_stream(terms.stream_id)
        if good is None:
            good = Good(made_at=at)
        else:
            good = Good.objects.select_for_update().get(pk=good.pk)
        good.name_ru, good.name_en = fields.name_ru.strip(), fields.name_en.strip()
        good.cost, good.stock, good.currency = fields.cost, fields.stock, terms.currency
        good.closed_at = None
        good.save()
        _remember(stream.pk, good, by, at)
        return good


def close_good(good: Good, *, by: User | None, at: datetime) -> Good:
    """It is offered no more; codes already given stay good."""
    demand(by is None or may_set_budgets(by, at))
    with transaction.atomic():
        stream = lock_stream(_terms().stream_id)
        good = Good.objects.select_for_update().get(pk=good.pk)
        good.closed_at = good.closed_at or at
        good.save(update_fields=["closed_at"])
        _remember(stream.pk, good, by, at)
        return good


def take_from_stock(good: Good, *, by: object, at: datetime) -> Good:
    """One is set aside for whoever has the code; Refused where none is left."""
    good = Good.objects.select_for_update().get(pk=good.pk)
    check_stock(good)
    if good.stock is not None:
        good.stock -= 1
        good.save(update_fields=["stock"])
    return good


def check_stock(good: Good) -> None:
    """Refused where none is left, or it is offered no more."""
    if good.closed_at is not None or good.stock == 0:
        raise Refused("no_stock", _("“%(name)s” is not left."), field="good", name=good.name)


def back_to_stock(gift: Gift, *, by: object, at: datetime) -> None:
    """What was not taken can be given to somebody else."""
    if gift.good_id is None:
        return
    good = Good.objects.select_for_update().get(pk=gift.good_id)
    if good.stock is not None:
        good.stock += 1
        good.save(update_fields=["stock"])


def _terms() -> Terms:
    terms = Terms.objects.filter(pk=1).first()
    if terms is None:
        raise Refused("no_terms", _("The firm has not set its terms of giving yet."))
    return terms


def _remember(stream: int, good: Good, by: User | None, at: datetime) -> None:
    record(
        lock_stream(stream),
        entries.GOOD_SET,
        by=by.pk if by else None,
        at=at,
        good=good.pk,
        name={"ru": good.name_ru, "en": good.name_en or good.name_ru},
        cost=str(good.cost),
        stock=good.stock,
        open=good.closed_at is None,
    )
