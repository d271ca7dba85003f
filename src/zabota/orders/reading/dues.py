"""Счета that wait to be paid."""

from collections.abc import Iterable

from django.db.models import F

from zabota.orders.matching import Due
from zabota.orders.models import Invoice, Payment


def dues_for(payment: Payment) -> list[Due]:
    """Of this payer, or, where nobody knows who paid, of everybody whose sum is just this."""
    open_ = Invoice.objects.standing().filter(paid__lt=F("total"), currency=payment.currency)
    if payment.client is not None:
        whole = payment.client.whole_id
        family = payment.client.__class__.objects.whole_of(whole).values("pk")
        rows: Iterable[Invoice] = open_.filter(order__case__client__in=family)
    else:
        rows = open_.filter(total=F("paid") + payment.sum)
    some = rows.select_related("order__case__client").order_by("day", "pk")  # type: ignore[attr-defined]
    return [
        Due(one.pk, one.order.case.client.whole_id, one.number, one.day, one.to_pay)
        for one in some[:500]
    ]
