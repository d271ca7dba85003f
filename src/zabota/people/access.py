"""The one access decorator of the desk: who is looking, as which employee."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from zabota.people.models import Employee, Firm, User


@dataclass(frozen=True)
class StaffViewer:
    """A user acting as an employee."""

    user: User
    employee: Employee
    read_only: bool = False

    @property
    def audiences(self) -> tuple[str, ...]:
        return ("both", "ours")

    @property
    def language(self) -> str:
        return self.user.language


class StaffRequest(HttpRequest):
    """A request on the desk."""

    viewer: StaffViewer
    user: User
    firm: Firm


def staff_page[**P](
    page: Callable[P, HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page for our employees: strangers sign in first, a client's account finds nothing here."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        employee = getattr(user, "employee", None)
        if employee is None or employee.dismissed_at is not None:
            raise Http404
        staff = cast(StaffRequest, request)
        staff.viewer = StaffViewer(user, employee)
        return cast(Callable[..., HttpResponse], page)(staff, *args, **kwargs)

    guarded.audience = "staff"  # type: ignore[attr-defined]
    return guarded
