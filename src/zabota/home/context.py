"""The frame around every page: the firm, who reads, where one can go."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact
from zabota.common import clock
from zabota.common.frame import Company, Link, Person
from zabota.common.names import initials
from zabota.goodwill.reading.budgets import allowance_now
from zabota.goodwill.reading.rooms import has_something
from zabota.loyalty.rules import may_see_points, may_set_points, may_use_till
from zabota.people.access import StaffViewer
from zabota.people.firm import firm_of
from zabota.people.models import Employee, Firm
from zabota.people.rules import may_change_firm

# Each by its name, its address, its icon.
type Places = tuple[tuple[str, str, str], ...]

RECOMMEND = "/room/recommend/"


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base templates need, from what the access decorator found; only what is open by a power
    is asked for."""
    viewer = getattr(request, "viewer", None)
    context: dict[str, Any] = {
        "now": getattr(request, "at", None) or clock.now(),
        "firm": getattr(request, "firm", None),
        "environment": _("Sample firm: nothing here is real, mail stays on this machine")
        if settings.DEMO
        else "",
    }
    if isinstance(viewer, StaffViewer):
        return context | _desk(request, viewer)
    if isinstance(viewer, RoomViewer):
        return context | _room(request, viewer)
    return context


def _desk(request: HttpRequest, viewer: StaffViewer) -> dict[str, Any]:
    employee = viewer.employee
    return {
        "home_url": "/desk/",
        # Asked only by pages that show where one can go, not by parts of them.
        "nav": SimpleLazyObject(lambda: _current(request, _sections(request, viewer))),
        "viewer": viewer,
        "goodwill_left": SimpleLazyObject(
            lambda: _goodwill_left(employee, getattr(request, "firm", None))
        ),
        "person": Person(
            employee.name, employee.initials, employee.photo_url, employee.position(viewer.language)
        ),
        "person_links": _links("/desk/profile/"),
    }


def _links(profile: str) -> tuple[Link, ...]:
    """Where one goes by one's own name."""
    return (
        Link(_("My profile"), profile, "user"),
        Link(_("Sign out"), "/sign-out/", "log-out", post=True),
    )


def _goodwill_left(employee: Employee, firm: Firm | None) -> dict[str, Any] | None:
    """What is left of one's budget of care, in the corner of every page; nothing where the firm has
    none. One query, and only of pages that show their frame.
    """
    allowance = allowance_now(employee, clock.now(), firm)
    if allowance is None:
        return None
    return {
        "name": _("My budget of care"),
        "url": "/desk/goodwill/",
        "sum": allowance.left,
        "currency": allowance.currency,
    }


def _sections(request: HttpRequest, viewer: StaffViewer) -> Places:
    """Where this employee can go; what is open by a power, own or lent, stands there too."""
    at, kept = clock.now(), getattr(request, "firm", None)
    firm = may_change_firm(viewer.user, at)
    given = kept is not None and kept.gives_points
    # An administrator may everything and rings nothing up: their way there is by «Points».
    till = given and not viewer.employee.is_administrator and may_use_till(viewer.user, at)
    # Points are set among the firm's settings; who sets nothing else of the firm goes straight.
    points = given and not firm and may_set_points(viewer.user, at)
    orders = _keeps_orders(request)
    return _desk_sections(
        get_language() or "en", firm=firm, till=till, points=points, orders=orders
    )


@lru_cache(maxsize=64)
def _desk_sections(_language: str, *, firm: bool, till: bool, points: bool, orders: bool) -> Places:
    """In their order, with their names in the reader's language."""
    return (
        (_("Today"), "/desk/", "sun"),
        (_("Contracts"), "/desk/contracts/", "file-text"),
        (_("Requests"), "/desk/tickets/", "message-circle"),
        *([_orders("/desk/orders/")] if orders else []),
        (_("Clients"), "/desk/clients/", "building-2"),
        (_("Mentions"), "/desk/mentions/", "megaphone"),
        *([(_("Till"), "/desk/till/", "scan-line")] if till else []),
        (_("Reports"), "/desk/reports/", "chart-column"),
        (_("Forms"), "/desk/forms/", "files"),
        (_("Routes"), "/desk/routes/", "route"),
        (_("People"), "/desk/people/", "users"),
        *([(_("Firm"), "/desk/firm/", "settings")] if firm else []),
        *([(_("Points"), "/desk/points/", "coins")] if points else []),
    )


def _orders(url: str) -> tuple[str, str, str]:
    """Orders, where the firm has had one."""
    return (_("Orders"), url, "package")


def _room(request: HttpRequest, viewer: RoomViewer) -> dict[str, Any]:
    items = [
        (_("Promises"), "/room/", "handshake"),
        (_("Contracts"), "/room/contracts/", "file-text"),
        (_("Requests"), "/room/tickets/", "message-circle"),
        *([_orders("/room/orders/")] if _keeps_orders(request) else []),
        *([(_("Points"), "/room/points/", "coins")] if _collects(request, viewer) else []),
        (_("Colleagues"), "/room/people/", "users"),
        *(
            [(_("Recommend us"), RECOMMEND, "megaphone")]
            if firm_of(viewer.user).takes_referrals
            else []
        ),
    ]
    context: dict[str, Any] = {
        "home_url": "/room/",
        "room_nav": SimpleLazyObject(lambda: _current(request, (*items, *_for_you(viewer)))),
        "viewer": viewer,
        "person": Person(
            viewer.shown_name, initials(viewer.shown_name), "", viewer.contact.shown_position
        ),
        "company": {"name": viewer.client.display_name},
        "companies": tuple(
            Company(
                contact.client.whole.display_name,
                f"/room/company/{contact.pk}/",
                contact.pk == viewer.contact.pk,
            )
            for contact in _companies(viewer)
        ),
        "person_links": _links("/room/profile/"),
    }
    if viewer.looking_on:
        context["eyes"] = {"name": viewer.client.display_name, "back_url": _back(request)}
        context["person_links"] = ()
    return context


def _for_you(viewer: RoomViewer) -> list[tuple[str, str, str]]:
    """Gifts and thanks, for who was ever given or said any."""
    if not has_something(viewer):
        return []
    return [(pgettext("gifts", "For you"), "/room/goodwill/", "gift")]


def _keeps_orders(request: HttpRequest) -> bool:
    firm = getattr(request, "firm", None)
    return firm is not None and firm.keeps_orders


def _collects(request: HttpRequest, viewer: RoomViewer) -> bool:
    firm = getattr(request, "firm", None)
    return firm is not None and may_see_points(viewer, firm)


def _companies(viewer: RoomViewer) -> list[Contact]:
    """One of theirs for each company they may stand for: the one chosen, or the first."""
    found: dict[int, Contact] = {}
    for contact in (viewer.contact, *viewer.contacts):
        found.setdefault(contact.client.whole_id, contact)
    return sorted(found.values(), key=lambda contact: contact.pk)


def _back(request: HttpRequest) -> str:
    return request.path.partition("/as-client/")[0] + "/"


def _current(request: HttpRequest, items: Places) -> list[dict[str, Any]]:
    front = items[0][1]
    # A form is read on the way to a contract.
    path = request.path.replace("/room/forms/", "/room/contracts/", 1)
    near = (url for _, url, _ in items[1:] if path.startswith(url))
    best = max(near, key=len, default=front if request.path == front else "")
    return [
        {"label": label, "url": url, "icon": icon, "current": url == best}
        for label, url, icon in items
    ]
