"""Who may agree beforehand to what clients will ask for."""

from datetime import datetime

from zabota.contracts.concerns import GENERAL
from zabota.people.access import StaffViewer
from zabota.people.models import PowerKind
from zabota.people.rules import has_power


def may_agree_beforehand(by: StaffViewer | None, concern: str, at: datetime) -> bool:
    """Variants of a clause, and limits of the values in it, are agreed by whoever has the power to
    approve its direction without a limit; of the general direction, by whoever edits forms.

    None is the system itself.
    """
    if by is None:
        return True
    if by.read_only:
        return False
    if concern == GENERAL and has_power(by.employee, PowerKind.TEMPLATES, at):
        return True
    return has_power(by.employee, PowerKind.APPROVE, at, concern)
