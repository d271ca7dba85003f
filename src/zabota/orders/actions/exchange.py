"""The exchange with 1C over HTTP: portions are kept, joined and taken in as any other file."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import open_import, start_import
from zabota.clients.models import Import
from zabota.common.files import keep_file, read_file
from zabota.orders.exchange import MOST_BYTES
from zabota.orders.models import ExchangeFile, ExchangePart, Order, Source
from zabota.people.access import StaffViewer
from zabota.people.models import ApiKey
from zabota.people.refusal import Refused


@transaction.atomic
def keep_portion(
    key: ApiKey, session: str, name: str, data: bytes, *, by: StaffViewer, at: datetime
) -> ExchangeFile:
    """One more portion of a file; too much of it is refused, what came before stays."""
    exchange, _new = ExchangeFile.objects.get_or_create(
        key=key, session=session, name=name, asked=False, defaults={"at": at}
    )
    if exchange.brought_id is not None:
        raise Refused("taken", _("This file is taken in already."))
    so_far = sum(exchange.parts.values_list("file__size", flat=True))
    if so_far + len(data) > MOST_BYTES:
        raise Refused("too_large", _("This file is too large: send it in several."))
    file = keep_file(data, "application/octet-stream", at=at)
    ExchangePart.objects.create(exchange=exchange, file=file, at=at)
    return exchange


@transaction.atomic
def take_in_exchange(
    key: ApiKey, session: str, name: str, *, by: StaffViewer, at: datetime
) -> Import:
    """The whole file is to be taken in; asked again, it is the same. Unreadable says why not; the
    portions stay then.
    """
    rows = ExchangeFile.objects.select_for_update().filter(
        key=key, session=session, name=name, asked=False
    )
    exchange = rows.first()
    if exchange is None:
        raise Refused("no_file", _("No such file has been sent."))
    if exchange.brought is not None:
        return exchange.brought
    parts = exchange.parts.select_related("file").order_by("pk")
    data = b"".join(read_file(part.file) for part in parts)
    brought = open_import("commerceml", data, name, by=by.user, at=at)
    start_import(brought, by=by.user, at=at)
    exchange.brought = brought
    exchange.save(update_fields=["brought"])
    exchange.parts.all().delete()
    return brought


def note_asked(key: ApiKey, session: str, *, by: StaffViewer, at: datetime) -> ExchangeFile:
    """1C asked for our orders: until when it will have been told, once it says that it has them."""
    return ExchangeFile.objects.create(key=key, session=session, name="query", asked=True, at=at)


def note_told(key: ApiKey, *, by: StaffViewer, at: datetime) -> int:
    """1C has taken what it asked for last."""
    last = ExchangeFile.objects.filter(key=key, asked=True).order_by("-pk").first()
    if last is None:
        return 0
    return untold_orders().filter(case__touched_at__lte=last.at).update(told_at=last.at)


def untold_orders() -> QuerySet[Order]:
    """Orders that did not come from 1C and it does not know as they are."""
    new = Q(told_at=None) | Q(told_at__lt=F("case__touched_at"))
    return Order.objects.exclude(source=Source.EXCHANGE).filter(new)
