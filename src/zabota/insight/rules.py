"""Whose figures one may read."""

from django.db.models import Q

from zabota.cases.models import Viewer
from zabota.people.access import StaffViewer
from zabota.people.models import Employee


def may_see_reports(viewer: Viewer) -> bool:
    """Everybody of ours: their own figures, those of whom they lead, and who sees every case
    those of the whole firm.
    """
    return isinstance(viewer, StaffViewer)


def whose_figures(viewer: StaffViewer) -> list[int] | None:
    """Employees whose requests count before this reader; None is everybody."""
    if viewer.employee.sees_all:
        return None
    me = viewer.employee.pk
    return list(
        Employee.objects.filter(Q(pk=me) | Q(lead=me)).order_by("pk").values_list("pk", flat=True)
    )
