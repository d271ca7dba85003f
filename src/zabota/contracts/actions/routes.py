"""Routes edited in the desk: each saving makes an edition; what might not end is refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.passport import lay_anew
from zabota.contracts.entries import ROUTE_FOR_PAPERS, ROUTE_MOVED, ROUTE_SAVED
from zabota.contracts.models import Contract, ContractState, Route, RouteEdition
from zabota.contracts.routing import RouteProblem, from_json, problems, to_json
from zabota.contracts.staff import staff_at
from zabota.journal.actions import lock_stream, open_stream, record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.people.rules import has_power


class RouteRejected(Exception):
    """The route might not end; every problem is named."""

    def __init__(self, found: list[RouteProblem]) -> None:
        super().__init__(found)
        self.found = found


def may_edit_routes(by: StaffViewer | None, at: datetime) -> bool:
    """Those with the power to edit routes, and administrators; None is the system itself."""
    if by is None:
        return True
    return not by.read_only and (
        by.employee.is_administrator or has_power(by.employee, "routes", at)
    )


class RouteMoved(Exception):
    """Somebody saved a newer edition after the page was opened; nothing is overwritten unseen."""

    def __init__(self, newer: RouteEdition) -> None:
        super().__init__(newer.number)
        self.newer = newer


@transaction.atomic
def save_route(
    slug: str,
    spec: Mapping[str, Any],
    *,
    by: StaffViewer | None,
    at: datetime,
    names: tuple[str, str],
    fields: Mapping[str, str] | None = None,
    since: int | None = None,
) -> RouteEdition:
    """Save a route as a new edition. RouteRejected names what would keep it from ending.

    `since` is the number of the edition it was made from: RouteMoved if there is a newer one. What
    is the same as the present edition makes no new one.
    """
    if not may_edit_routes(by, at):
        raise PermissionDenied
    route = Route.objects.filter(slug=slug).first()
    if route is None:
        route = Route.objects.create(
            slug=slug, name_ru=names[0], name_en=names[1], stream=open_stream()
        )
    stream = lock_stream(route.stream_id)
    route = Route.objects.select_related("current__made_by").get(pk=route.pk)
    read = from_json(spec)
    found = [p for p in problems(read, staff_at(at), fields=fields) if p.level == "error"]
    if found:
        raise RouteRejected(found)
    if route.current is not None:
        if since is not None and since != route.current.number:
            raise RouteMoved(route.current)
        if (route.current.spec, route.name_ru, route.name_en) == (to_json(read), *names):
            return route.current
    number = (route.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = RouteEdition.objects.create(
        route=route, number=number, spec=to_json(read), made_by=by.user if by else None, made_at=at
    )
    route.current, route.name_ru, route.name_en = edition, names[0], names[1]
    route.save(update_fields=["current", "name_ru", "name_en"])
    record(
        stream,
        ROUTE_SAVED,
        by=by.user.pk if by else None,
        at=at,
        number=number,
        route=route.pk,
    )
    return edition


@transaction.atomic
def mark_for_papers(route: Route, *, by: StaffViewer | None, at: datetime) -> Route:
    """From now on texts on a client's paper take this route, whatever form they are like."""
    if not may_edit_routes(by, at):
        raise PermissionDenied
    stream = lock_stream(route.stream_id)
    if Route.objects.filter(pk=route.pk, for_papers=True).exists():
        raise Refused(
            "already_for_papers", _("Texts on the client’s paper take this route already.")
        )
    Route.objects.filter(for_papers=True).update(for_papers=False)
    Route.objects.filter(pk=route.pk).update(for_papers=True)
    record(stream, ROUTE_FOR_PAPERS, by=by.user.pk if by else None, at=at, route=route.pk)
    route.refresh_from_db()
    return route


@transaction.atomic
def move_to_newer_route(
    contract: Contract, *, by: StaffViewer, at: datetime, reason: str
) -> Contract:
    """A contract under way takes the route's present edition: a new round is laid; stages agreed
    before and not touched stand."""
    contract, stream = lock_contract(contract.pk)
    if not may_edit_routes(by, at) or contract.case.state != ContractState.REVIEW:
        raise PermissionDenied
    route = contract.route.route if contract.route else None
    if route is None or route.current is None:
        raise PermissionDenied
    if not reason.strip():
        raise Refused("reason_wanted", _("Please say why."), field="reason")
    if contract.route_id == route.current_id:
        raise Refused("already_newest", _("The contract follows the newest edition already."))
    contract.route, contract.route_copy = route.current, route.current.spec
    # The move touches no words: who has agreed to this very text is not asked again.
    laid = lay_anew(contract, by=by, at=at)
    if laid.complete:
        # A contract is agreed by a decision, not by editing a route.
        raise Refused(
            "nobody_left",
            _("By the newest edition nobody would be left to decide: the contract stays as it is."),
        )
    contract.save(update_fields=["route", "route_copy", "round"])
    record(
        stream,
        ROUTE_MOVED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        edition=route.current.number,
        opened=[stage.pk for stage in laid.opened],
        reason=reason,
    )
    return contract
