"""Who gives, who sets budgets, who takes gifts along for accounting."""

from datetime import datetime
from decimal import Decimal

from zabota.cases.models import Case, Promise, Turn, Viewer
from zabota.cases.rules import may_go_beyond
from zabota.clients.access import RoomViewer
from zabota.goodwill.models import Gift, GiftState, PaidBy
from zabota.people.access import StaffViewer
from zabota.people.models import PowerKind, User
from zabota.people.rules import employee_of, has_power


def may_give(viewer: Viewer) -> bool:
    """Whoever works here gives out of their own budget and asks nobody."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and viewer.employee.dismissed_at is None
    )


def may_withdraw_gift(viewer: Viewer, gift: Gift, at: datetime) -> bool:
    """Whoever gave it, or by the power over budgets, while nobody has taken it."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and gift.state == GiftState.GIVEN
        and (gift.employee_id == viewer.employee.pk or may_set_budgets(viewer.user, at))
    )


def may_redeem_gift(user: User | None) -> bool:
    """Anybody of ours before whom the code lies."""
    return employee_of(user) is not None


def may_see_code(viewer: Viewer, gift: Gift) -> bool:
    """Whoever gave it hands it over; whom it is for reads it in the room."""
    if isinstance(viewer, StaffViewer):
        return gift.employee_id == viewer.employee.pk
    return not viewer.looking_on


def may_make_good(
    viewer: Viewer, promise: Promise, cost: Decimal, currency: str, at: datetime
) -> bool:
    """A promise of ours that broke is made good by whoever sees its case and whose power to go
    beyond the rules reaches the cost.
    """
    return (
        isinstance(viewer, StaffViewer)
        and promise.turn == Turn.OURS
        and promise.is_late(at)
        and Case.objects.visible_to(viewer).filter(pk=promise.case_id).exists()
        and may_go_beyond(viewer, cost, currency, at)
    )


def may_set_budgets(user: User | None, at: datetime) -> bool:
    """Budgets, the terms of giving, goods to give, dated limits: by its power."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.GOODWILL, at)


def may_see_figures(user: User | None, at: datetime) -> bool:
    """What gifts of the whole firm brought, reviews and everybody's bonuses: by the power over
    budgets or the one over accounts; one's own figures are everybody's.
    """
    return may_set_budgets(user, at) or may_take_accounts(user, at)


def may_close_bonuses(user: User | None, at: datetime) -> bool:
    """A month of bonuses is closed for payroll by whoever may see everybody's."""
    return may_see_figures(user, at)


def may_take_accounts(user: User | None, at: datetime) -> bool:
    """What was given and made good, to whom and at what cost: by its power."""
    employee = employee_of(user)
    return employee is not None and has_power(employee, PowerKind.ACCOUNTS, at)


def may_thank_for(viewer: Viewer, case: Case) -> bool:
    """Whoever of the client sees the case thanks for it; nobody does in their name."""
    return (
        isinstance(viewer, RoomViewer)
        and not viewer.read_only
        and Case.objects.visible_to(viewer).filter(pk=case.pk).exists()
    )


def is_making_good(gift: Gift) -> bool:
    """Whether a failed moment paid: then it is no gift."""
    return gift.paid_by == PaidBy.MOMENT
