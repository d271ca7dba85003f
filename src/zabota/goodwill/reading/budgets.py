"""The firm's terms and what an employee has left."""

from datetime import date, datetime

from zabota.goodwill.models import Allowance, Terms
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee


def terms_now() -> Terms | None:
    """The terms of giving; None while the firm has set none, and then nobody gives."""
    return Terms.objects.filter(pk=1).first()


def firm_day(at: datetime) -> date:
    """The firm's day of a moment."""
    return at.astimezone(zone_of(current_firm())).date()


def allowance_now(employee: Employee, at: datetime) -> Allowance | None:
    """What they have in the period that runs; one query, for the corner of every page."""
    today = firm_day(at)
    rows = Allowance.objects.filter(employee=employee, starts__lte=today, ends__gt=today)
    return rows.order_by("-starts").first()
