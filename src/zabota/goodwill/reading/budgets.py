"""The firm's terms and what an employee has left."""

from datetime import date, datetime

from zabota.common.questions import One, Question
from zabota.goodwill.models import Allowance, Terms
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee, Firm


def terms_now() -> Terms | None:
    """The terms of giving; None while the firm has set none, and then nobody gives."""
    return next(iter(_terms(pk=1)), None)


_terms = Question(lambda pk: Terms.objects.filter(pk=pk), pk=One())


def firm_day(at: datetime, firm: Firm | None = None) -> date:
    """The firm's day of a moment; `firm` where it is known."""
    return at.astimezone(zone_of(firm or current_firm())).date()


def allowance_now(employee: Employee, at: datetime, firm: Firm | None = None) -> Allowance | None:
    """What they have in the period that runs; one query, for the corner of every page."""
    found = _latest(employee=employee.pk)
    if not found:
        return None
    today = firm_day(at, firm)
    return next((one for one in found if one.starts <= today < one.ends), None)


# The period that runs is among the latest: hardly more than the next one is laid before its time.
_latest = Question(
    lambda employee: Allowance.objects.filter(employee=employee).order_by("-ends")[:4],
    employee=One(),
)
