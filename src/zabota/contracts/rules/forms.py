"""Who may give the firm the forms that come with Zabota."""

from datetime import datetime

from zabota.people.access import StaffViewer
from zabota.people.models import PowerKind
from zabota.people.rules import has_power


def may_lay_shipped_forms(by: StaffViewer | None, at: datetime) -> bool:
    """Ready forms come with their routes: administrators, and whoever may edit both forms and
    routes.

    None is the system itself.
    """
    if by is None:
        return True
    if by.read_only:
        return False
    return by.employee.is_administrator or (
        has_power(by.employee, PowerKind.TEMPLATES, at)
        and has_power(by.employee, PowerKind.ROUTES, at)
    )
