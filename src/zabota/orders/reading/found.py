"""Finding an order, a delay, an act for a viewer of either side; what is not theirs is a 404."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.orders.models import Act, Delay, Order, OrderPaper


def found_order(request: HttpRequest, pk: int) -> Order:
    """The order, if this viewer may know of it."""
    rows = Order.objects.select_related(
        "case__client__root", "case__owner__user", "case__owner__team", "case__stream", "contact",
        "place",
    )  # fmt: skip
    return _of(request, rows, pk)


def found_delay(request: HttpRequest, pk: int) -> Delay:
    """The delay, if this viewer may know of it."""
    rows = Delay.objects.select_related(
        "case__client__root", "case__owner__user", "case__owner__team", "case__stream",
        "order__case__client", "order__case__owner", "chosen_by", "asked", "doing",
    )  # fmt: skip
    return _of(request, rows, pk)


def found_act(request: HttpRequest, pk: int) -> Act:
    """The act, if this viewer may know of it."""
    rows = Act.objects.select_related(
        "case__client__root", "case__owner__user", "case__stream", "pdf", "xlsx", "promise",
        "asked_by",
    )  # fmt: skip
    return _of(request, rows, pk)


def found_paper(request: HttpRequest, order: Order, pk: int) -> OrderPaper:
    """A file of an order this viewer may read."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = OrderPaper.objects.readable_by(viewer).select_related("file")
    return get_object_or_404(rows, pk=pk, order=order)


def _of[Half: (Order, Delay, Act)](request: HttpRequest, rows: QuerySet[Half], pk: int) -> Half:
    viewer = request.viewer  # type: ignore[attr-defined]
    visible = Case.objects.visible_to(viewer).filter(pk=pk)
    one = rows.filter(pk=pk, case__in=visible).first()
    if one is None:
        raise Http404
    if isinstance(viewer, RoomViewer):
        request.viewer = viewer.standing_for(one.case.client_id)  # type: ignore[attr-defined]
    return one
