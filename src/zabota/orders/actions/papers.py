"""Files that go with an order."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.common.files import keep_file
from zabota.common.uploads import check_kind, safe_name
from zabota.journal.actions import record
from zabota.orders.actions.held import lock_order
from zabota.orders.entries.orders import PAPER_ADDED, PAPER_REMOVED
from zabota.orders.models import Order, OrderPaper, PaperKind
from zabota.orders.rules.orders import may_change_order
from zabota.people.access import StaffViewer


@transaction.atomic
def add_paper(
    order: Order,
    kind: str,
    name: str,
    data: bytes,
    *,
    by: StaffViewer | None,
    at: datetime,
    media_type: str = "application/octet-stream",
    inside: bool = False,
) -> OrderPaper:
    """A счёт, an УПД, a certificate as a file; the same file again changes nothing. TooLarge and
    NotWhatItSays say what is not taken.
    """
    order, stream = lock_order(order.pk)
    if by is not None and not may_change_order(by, order.case, at):
        raise PermissionDenied
    check_kind(name, data)
    file = keep_file(data, media_type[:100], at=at, limit=settings.UPLOAD_LIMIT)
    there = order.papers.filter(file=file, removed_at=None).first()
    if there is not None:
        return there
    paper = OrderPaper.objects.create(
        order=order, kind=PaperKind(kind), name=safe_name(name), file=file, inside=inside,
        by=by.user if by else None, at=at,
    )  # fmt: skip
    record(
        stream, PAPER_ADDED, by=by.user.pk if by else None, at=at, case=order.pk, paper=paper.pk,
        name=paper.name, audience="ours" if inside else "both",
    )  # fmt: skip
    return paper


@transaction.atomic
def remove_paper(paper: OrderPaper, *, by: StaffViewer, at: datetime) -> None:
    """It was the wrong one."""
    order, stream = lock_order(paper.order_id)
    if not may_change_order(by, order.case, at):
        raise PermissionDenied
    if OrderPaper.objects.filter(pk=paper.pk, removed_at=None).update(removed_at=at) != 1:
        return
    record(
        stream, PAPER_REMOVED, by=by.user.pk, at=at, case=order.pk, paper=paper.pk,
        name=paper.name, audience="ours" if paper.inside else "both",
    )  # fmt: skip
