"""What an employee earns by clients: the firm's terms, and months closed for payroll."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.goodwill import entries
from zabota.goodwill.models import BonusChange, BonusLine, BonusMonth, BonusTerms, Terms
from zabota.goodwill.models.bonuses import BonusRates
from zabota.goodwill.periods import period_of
from zabota.goodwill.reading.bonuses import Earned
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.reading.months import next_to_close, read_month
from zabota.goodwill.rules import may_close_bonuses, may_set_budgets
from zabota.journal.actions import lock_stream, record
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of

MOST_SHARE = Decimal(100)


class BonusFields(TypedDict, total=False):
    """What may be set; only what is named is touched."""

    returned_sum: Decimal
    returned_share: Decimal
    new_sum: Decimal
    new_share: Decimal
    said_sum: Decimal
    said_share: Decimal
    received_sum: Decimal


def set_bonuses(fields: BonusFields, *, by: User | None, at: datetime) -> BonusTerms:
    """The terms of bonuses; months that are not closed yet are counted by them. Of each way either
    a sum or a share, never both.
    """
    demand(by is None or may_set_budgets(by, at))
    with transaction.atomic():
        terms = terms_now()
        if terms is None:
            raise Refused("no_terms", _("The firm has not set its terms of giving yet."))
        stream = lock_stream(terms.stream_id)
        found = BonusTerms.objects.filter(pk=1).first() or BonusTerms(pk=1)
        before = {name: str(getattr(found, name)) for name in fields}
        for name, value in fields.items():
            setattr(found, name, value)
        _check(found, terms)
        found.set_by, found.set_at = employee_of(by), at
        found.save()
        record(
            stream, entries.BONUSES_SET, by=by.pk if by else None, at=at,
            before=before, after={name: str(getattr(found, name)) for name in fields},
        )  # fmt: skip
        return found


def close_bonuses(starts: date, *, by: User, at: datetime) -> BonusMonth:
    """A month that is over is closed for payroll: it stands as it is now, whatever comes back or is
    set otherwise later; that goes to a later month. Months are closed one after the other.
    """
    demand(may_close_bonuses(by, at))
    employee = employee_of(by)
    assert employee is not None
    with transaction.atomic():
        terms, rates = terms_now(), BonusTerms.objects.filter(pk=1).first()
        if terms is None or rates is None:
            raise Refused("no_terms", _("No bonuses are set"))
        stream = lock_stream(terms.stream_id)
        _check_closing(starts, firm_day(at))
        found = read_month(starts)
        kept = {name: getattr(rates, name) for name in BonusRates.RATES}
        month = BonusMonth.objects.create(
            **kept, starts=starts, closed_by=employee, closed_at=at
        )  # fmt: skip
        closed = {one.starts: one for one in BonusMonth.objects.filter(starts__lt=starts)}
        paid = [row for row in found.rows if any(row.counts.values()) or row.later]
        for row in paid:
            _store_line(month, row, closed)
        record(
            stream, entries.BONUSES_CLOSED, by=by.pk, at=at, month=_month_in_both(starts),
            starts=starts.isoformat(), users=[row.employee.user_id for row in paid if row.total],
        )  # fmt: skip
        return month


def _store_line(month: BonusMonth, row: Earned, closed: dict[date, BonusMonth]) -> None:
    line = BonusLine(month=month, employee=row.employee, later=row.changed)
    for way in BonusTerms.WAYS:
        setattr(line, way, row.counts[way])
        setattr(line, f"{way}_sum", row.sums[way])
    line.save()
    BonusChange.objects.bulk_create(
        BonusChange(line=line, of=closed[of], sum=sum_) for of, sum_ in row.later.items()
    )


def _check_closing(starts: date, today: date) -> None:
    _first, ends = period_of(starts, "month")
    if ends > today:
        raise Refused("running", _("This month is not over: it is closed afterwards."))
    if BonusMonth.objects.filter(starts__gte=starts).exists():
        raise Refused("closed", _("This month was closed already."))
    due = next_to_close(today)
    if BonusMonth.objects.exists() and starts > due:
        raise Refused(
            "order", _("%(month)s comes first: months are closed one after the other."),
            month=date_format(due, "F Y"),
        )  # fmt: skip


def _month_in_both(starts: date) -> dict[str, str]:
    said = {}
    for language in ("ru", "en"):
        with override(language):
            said[language] = date_format(starts, "F Y")
    return said


def _check(found: BonusTerms, terms: Terms) -> None:
    found.currency = terms.currency
    for way in BonusTerms.WAYS:
        each: Decimal = getattr(found, f"{way}_sum")
        share: Decimal = getattr(found, f"{way}_share", Decimal(0))
        if each < 0:
            raise Refused("sum", _("A sum here is never below zero."), field=f"{way}_sum")
        if not 0 <= share <= MOST_SHARE:
            raise Refused("share", _("A share is 0 to 100 %%."), field=f"{way}_share")
        if each and share:
            raise Refused("both", _("Either a sum or a share, not both."), field=f"{way}_share")
