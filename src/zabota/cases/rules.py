"""Who may go beyond a rule, who may allow it to a colleague, who explains a broken promise, who
links cases.
"""

from datetime import datetime
from decimal import Decimal

from zabota.cases.models import (
    Deviation,
    DeviationState,
    Explanation,
    Holder,
    Promise,
    Script,
    Viewer,
)
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, PowerKind
from zabota.people.rules import OWN_POWERS, has_power, may_change_firm, reaches


def may_ask_beyond(viewer: Viewer) -> bool:
    """Whoever of ours sees a case may go beyond a rule in it: within their power at once, else by
    asking whoever has it.
    """
    return isinstance(viewer, StaffViewer) and not viewer.read_only


def may_go_beyond(viewer: Viewer, cost: Decimal, currency: str, at: datetime) -> bool:
    """At once, where their power to go beyond the rules, own or lent, reaches the cost."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and has_power(viewer.employee, PowerKind.BEYOND, at, amount=cost, currency=currency)
    )


def may_answer_beyond(viewer: Viewer, deviation: Deviation, at: datetime) -> bool:
    """Whoever's power reaches what a colleague asks, until somebody has answered."""
    return (
        isinstance(viewer, StaffViewer)
        and deviation.state == DeviationState.ASKED
        and deviation.asked_by_id != viewer.employee.pk
        and may_go_beyond(viewer, deviation.cost, deviation.currency, at)
    )


def may_take_back_beyond(viewer: Viewer, deviation: Deviation) -> bool:
    """Whoever asked, until somebody has answered."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and deviation.state == DeviationState.ASKED
        and deviation.asked_by_id == viewer.employee.pk
    )


def may_see_what_repeats(viewer: Viewer) -> bool:
    """Who sees every case reads what went beyond the rules, how often and at what cost."""
    return isinstance(viewer, StaffViewer) and viewer.employee.sees_all


def may_settle_rule(viewer: Viewer, at: datetime) -> bool:
    """Who sees every case and may change the firm makes a rule of what repeats, or leaves it an
    exception.
    """
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and may_see_what_repeats(viewer)
        and may_change_firm(viewer.user, at)
    )


def may_explain(viewer: Viewer, explanation: Explanation) -> bool:
    """Whoever had the broken promise; unexplained after an hour, the director, too."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and explanation.explained_at is None
        and Holder.objects.filter(promise=explanation.asked_id, employee=viewer.employee).exists()
    )


def may_see_causes(viewer: Viewer) -> bool:
    """Who sees every case reads why promises break, counted. A cause never decides whether we
    help.
    """
    return isinstance(viewer, StaffViewer) and viewer.employee.sees_all


def may_link_cases(viewer: Viewer) -> bool:
    """Whoever of ours sees both cases says how they hang together, and takes it back."""
    return isinstance(viewer, StaffViewer) and not viewer.read_only


def may_talk_through(employee: Employee, script: Script, at: datetime) -> bool:
    """Anybody of ours; where a script says so, only whoever was trained for it, or for all of them,
    by a power of their own: it is not lent, and being an administrator is no training.
    """
    if not script.trained_only:
        return employee.dismissed_at is None
    powers = OWN_POWERS(employee=employee.pk, kind=PowerKind.TALK, at=at)
    return employee.dismissed_at is None and any(
        reaches(power, script.concern, None) for power in powers
    )


def may_set_scripts(viewer: Viewer, at: datetime) -> bool:
    """Whoever may change the firm writes what is asked and said."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and may_change_firm(viewer.user, at)
    )


def may_remind(viewer: Viewer, promise: Promise) -> bool:
    """Who leads somebody that has the promise, answers for its case, or sees every case."""
    if not isinstance(viewer, StaffViewer) or viewer.read_only:
        return False
    me = viewer.employee
    if me.sees_all or promise.case.owner_id == me.pk:
        return True
    had = Holder.objects.filter(promise=promise, rank_at__isnull=False)
    return had.filter(employee__lead=me).exists()
