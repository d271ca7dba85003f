"""Budgets: the firm's terms, one employee's own sum, and each period's allowance."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.common.formats import money
from zabota.goodwill import entries
from zabota.goodwill.models import Allowance, Budget, Gift, Period, Terms, Unspent
from zabota.goodwill.periods import period_of
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.rules import may_set_budgets
from zabota.journal.actions import lock_stream, open_stream, record
from zabota.people.models import Employee, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of

BATCH = 200


class TermsFields(TypedDict, total=False):
    """What may be set; only what is named is touched."""

    base: Decimal
    currency: str
    period: str
    unspent: str
    carry_most: Decimal
    person_year_most: Decimal | None
    company_year_most: Decimal | None
    point_cost: Decimal
    claim_days: int
    use_days: int
    consent_ru: str
    consent_en: str


def set_terms(fields: TermsFields, *, by: User | None, at: datetime) -> Terms:
    """The firm's terms of giving. Budgets of the period that runs follow where the base changed;
    what is spent stays spent.
    """
    demand(by is None or may_set_budgets(by, at))
    with transaction.atomic():
        is_new, terms = terms_now() is None, _held_terms()
        before = {name: getattr(terms, name) for name in fields}
        for name, value in fields.items():
            setattr(terms, name, value)
        changed = sorted(name for name in before if before[name] != getattr(terms, name))
        if not changed and not is_new:
            return terms
        _check(terms)
        terms.save()
        if {"base", "currency"} & set(changed):
            _follow(terms, at)
        record(
            terms.stream,
            entries.TERMS_SET,
            by=by.pk if by else None,
            at=at,
            before={name: _plain(before[name]) for name in changed},
            after={name: _plain(getattr(terms, name)) for name in changed},
        )
        return terms


def set_budget(
    employee: Employee, sum: Decimal | None, *, by: User | None, at: datetime, reason: str = ""
) -> Budget | None:
    """One employee's own sum per period, with the reason; None: the firm's base again. It holds
    for the period that runs, too.
    """
    demand(by is None or may_set_budgets(by, at))
    if sum is not None and sum < 0:
        raise Refused("sum", _("A budget is no debt."), field="sum")
    with transaction.atomic():
        stream = lock_stream(employee.stream_id)
        terms = _needed_terms()
        if sum is None:
            Budget.objects.filter(employee=employee).delete()
            budget = None
        else:
            budget, _made = Budget.objects.update_or_create(
                employee=employee,
                defaults={
                    "sum": sum,
                    "reason": reason.strip(),
                    "set_by": employee_of(by),
                    "set_at": at,
                },
            )
        now_given = terms.base if sum is None else sum
        allowance = held_allowance(employee, terms, by=by, at=at)
        _set_base(allowance, now_given)
        record(
            stream,
            entries.BUDGET_SET,
            by=by.pk if by else None,
            at=at,
            employee=employee.pk,
            user=employee.user_id,
            sum={name: money(now_given, terms.currency, name) for name in ("ru", "en")},
            reason=reason.strip(),
        )
        return budget


def open_allowances(*, by: None, at: datetime) -> int:
    """Everybody who works here has an allowance for the period that runs."""
    terms = terms_now()
    if terms is None:
        return 0
    today = firm_day(at)
    running = Allowance.objects.filter(employee=OuterRef("pk"), starts__lte=today, ends__gt=today)
    without = Employee.objects.working().filter(~Exists(running)).order_by("pk")
    opened = 0
    for employee in without[:BATCH]:
        with transaction.atomic():
            held_allowance(employee, terms, by=by, at=at)
        opened += 1
    return opened


def held_allowance(employee: Employee, terms: Terms, *, by: object, at: datetime) -> Allowance:
    """The allowance of the period that runs, locked; opened now where there is none yet."""
    today = firm_day(at)
    rows = Allowance.objects.select_for_update().filter(employee=employee)
    running = rows.filter(starts__lte=today, ends__gt=today).order_by("-starts").first()
    if running is not None:
        return running
    starts, ends = period_of(today, terms.period)
    before = rows.filter(ends__lte=today).order_by("-ends").first()
    starts = max(starts, before.ends) if before is not None else starts
    own = Budget.objects.filter(employee=employee).values_list("sum", flat=True).first()
    base = terms.base if own is None else own
    carried = _carried(before, terms)
    Allowance.objects.get_or_create(
        employee=employee,
        starts=starts,
        defaults={
            "ends": ends,
            "base": base,
            "carried": carried,
            "total": base + carried,
            "currency": terms.currency,
        },
    )
    return rows.get(starts=starts)


def spend(allowance: Allowance, cost: Decimal, *, by: object, at: datetime) -> None:
    """Out of a locked allowance; Refused where it does not reach."""
    if cost > allowance.left:
        raise Refused(
            "budget",
            _("Your budget of care has %(left)s left in this period; this costs %(cost)s."),
            field="cost",
            left=_money(allowance.left, allowance.currency),
            cost=_money(cost, allowance.currency),
        )
    allowance.spent += cost
    allowance.save(update_fields=["spent"])


def give_back(gift: Gift, *, by: object, at: datetime) -> None:
    """What was not taken goes back to the budget it came from; of a period that is over, into the
    one that runs, as far as the firm carries over.
    """
    if gift.allowance_id is None or not gift.cost:
        return
    allowance = Allowance.objects.select_for_update().get(pk=gift.allowance_id)
    allowance.spent -= gift.cost
    allowance.save(update_fields=["spent"])
    terms = _needed_terms()
    if allowance.ends > firm_day(at) or terms.unspent == Unspent.LAPSE:
        return
    running = held_allowance(gift.employee, terms, by=by, at=at)
    if running.starts < allowance.ends or running.currency != allowance.currency:
        return
    more = gift.cost
    if terms.unspent == Unspent.UP_TO:
        more = max(Decimal(0), min(more, terms.carry_most - running.carried))
    running.carried += more
    running.total += more
    running.save(update_fields=["carried", "total"])


def _carried(before: Allowance | None, terms: Terms) -> Decimal:
    if before is None or terms.unspent == Unspent.LAPSE or before.currency != terms.currency:
        return Decimal(0)
    return before.left if terms.unspent == Unspent.CARRY else min(before.left, terms.carry_most)


def _follow(terms: Terms, at: datetime) -> None:
    """Allowances that run follow the base; another currency only where nothing was spent yet."""
    today = firm_day(at)
    own = dict(Budget.objects.values_list("employee", "sum"))
    rows = Allowance.objects.select_for_update().filter(starts__lte=today, ends__gt=today)
    for allowance in rows.order_by("pk"):
        if allowance.currency != terms.currency:
            if allowance.spent:
                raise Refused(
                    "currency",
                    _("In this period budgets are spent from already: the currency stays."),
                    field="currency",
                )
            allowance.currency = terms.currency
            allowance.save(update_fields=["currency"])
        _set_base(allowance, own.get(allowance.employee_id, terms.base))


def _set_base(allowance: Allowance, base: Decimal) -> None:
    allowance.base = base
    allowance.total = max(base + allowance.carried, allowance.spent)
    allowance.save(update_fields=["base", "total"])


def _held_terms() -> Terms:
    there = Terms.objects.filter(pk=1).values_list("stream", flat=True).first()
    if there is None:
        return Terms(pk=1, stream=open_stream())
    stream = lock_stream(there)
    terms = Terms.objects.get(pk=1)
    terms.stream = stream
    return terms


def _needed_terms() -> Terms:
    terms = terms_now()
    if terms is None:
        raise Refused("no_terms", _("The firm has not set its terms of giving yet."))
    return terms


def _check(terms: Terms) -> None:
    if terms.period not in Period.values or terms.unspent not in Unspent.values:
        raise Refused("unknown", _("There is no such rule."))
    sums = (terms.base, terms.carry_most, terms.point_cost)
    most = [one for one in (terms.person_year_most, terms.company_year_most) if one is not None]
    if any(one < 0 for one in (*sums, *most)):
        raise Refused("sum", _("A sum here is never below zero."))
    if not (0 < terms.claim_days <= 730 and 0 < terms.use_days <= 730):
        raise Refused("days", _("A code is good for 1 to 730 days."))


def _money(amount: Decimal, currency: str) -> str:
    return money(amount, currency, get_language() or "ru")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value
