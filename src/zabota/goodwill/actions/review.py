"""Budgets reviewed each period: proposed from what gifts brought, decided by a person."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.common.formats import money
from zabota.goodwill import entries
from zabota.goodwill.actions.budgets import set_budget
from zabota.goodwill.models import (
    Allowance,
    Brought,
    Budget,
    Measured,
    Review,
    ReviewLine,
    ReviewStep,
    Terms,
)
from zabota.goodwill.periods import period_of
from zabota.goodwill.reading.brought import effect_of, effects_of
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.returns import Effects, propose
from zabota.goodwill.returns.proposal import FLOOR
from zabota.goodwill.rules import may_set_budgets
from zabota.journal.actions import lock_stream, record
from zabota.people.models import Employee, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of


def open_review(*, by: None, at: datetime) -> int:
    """A period is over: a line for everybody who had a budget in it and still works here, with what
    is proposed and why. Says how many lines there are; none where it was opened before, or nothing
    was measured yet.
    """
    terms, measured = terms_now(), Measured.objects.order_by("-day").first()
    if terms is None or measured is None:
        return 0
    starts, ends = _period_before(firm_day(at), terms.period)
    if Review.objects.filter(starts=starts).exists():
        return 0
    had = Allowance.objects.filter(starts__lt=ends, ends__gt=starts).values("employee")
    people = list(Employee.objects.working().filter(pk__in=had).order_by("pk"))
    if not people:
        return 0
    with transaction.atomic():
        review, first = Review.objects.get_or_create(
            starts=starts, defaults={"ends": ends, "measured": measured, "made_at": at}
        )
        if not first:
            return 0
        figures = {row.employee_id: row for row in measured.figures.filter(employee__in=people)}
        own = dict(Budget.objects.values_list("employee", "sum"))
        effects = effects_of(measured)
        lines = [
            _line(review, one, figures.get(one.pk), own.get(one.pk, terms.base), terms, effects)
            for one in people
        ]
        ReviewLine.objects.bulk_create(lines)
        steps = sum(one.step in (ReviewStep.RAISE, ReviewStep.CUT) for one in lines)
        record(
            lock_stream(terms.stream_id), entries.REVIEW_OPENED, by=None, at=at,
            review=review.pk, steps=steps,
        )  # fmt: skip
        return len(lines)


def decide_budget(
    line: ReviewLine, sum: Decimal, *, by: User, at: datetime, words: str = ""
) -> ReviewLine:
    """A person decides one budget, as proposed or otherwise; it holds from now on, and whoever has
    it is told with the reason. Never below half of the firm's base.
    """
    demand(may_set_budgets(by, at))
    with transaction.atomic():
        lock_stream(line.employee.stream_id)
        line = ReviewLine.objects.select_related("employee__stream").get(pk=line.pk)
        terms = terms_now()
        if line.decided is not None or terms is None:
            raise Refused("decided", _("This budget was decided already."))
        if sum < terms.base * FLOOR:
            raise Refused(
                "floor", _("A review never brings a budget below half of the firm's base."),
                field="sum",
            )  # fmt: skip
        line.decided, line.decided_by, line.decided_at = sum, employee_of(by), at
        line.words = words.strip()
        line.save(update_fields=["decided", "decided_by", "decided_at", "words"])
        if sum != _now(line.employee, terms):
            set_budget(line.employee, sum, by=by, at=at, reason=line.words)
        else:
            _keep(line, by, at)
        return line


def _keep(line: ReviewLine, by: User, at: datetime) -> None:
    """Nothing changes, and whoever has it hears that it was looked at."""
    said = {name: money(line.decided or 0, line.currency, name) for name in ("ru", "en")}
    record(
        line.employee.stream, entries.BUDGET_KEPT, by=by.pk, at=at, employee=line.employee_id,
        user=line.employee.user_id, sum=said, reason=line.words,
    )  # fmt: skip


def _line(
    review: Review,
    employee: Employee,
    row: Brought | None,
    budget: Decimal,
    terms: Terms,
    effects: Effects,
) -> ReviewLine:
    effect = effect_of(row) if row else None
    told = propose(effect, effects, budget=budget, base=terms.base)
    return ReviewLine(
        review=review, employee=employee, figures=row, gifts=row.gifts if row else 0,
        budget=budget, currency=terms.currency, step=told.step.value, why=told.reason.value,
        proposed=told.budget,
    )  # fmt: skip


def _now(employee: Employee, terms: Terms) -> Decimal:
    own = Budget.objects.filter(employee=employee).values_list("sum", flat=True).first()
    return terms.base if own is None else own


def _period_before(today: date, period: str) -> tuple[date, date]:
    starts, _ends = period_of(today, period)
    return period_of(starts - timedelta(days=1), period)
