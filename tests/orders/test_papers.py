"""Files that go with an order, and goods that arrive."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT
from tests.orders.ordered import daisy_order, lines_of
from tests.support.refused import refused
from zabota.common.uploads import NotWhatItSays
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders import actions
from zabota.orders.models import OrderPaper

PDF = b"%PDF-1.7 certificate"


def test_a_paper_is_added_once_and_taken_away(world: World) -> None:
    order, manager = daisy_order(world), world.as_staff("manager")
    paper = actions.add_paper(order, "certificate", "Сертификат.pdf", PDF, by=manager, at=AT)
    assert actions.add_paper(order, "certificate", "x.pdf", PDF, by=manager, at=AT) == paper
    inside = actions.add_paper(order, "other", "n.txt", b"a", by=manager, at=AT, inside=True)
    assert list(OrderPaper.objects.readable_by(world.as_guest("anna"))) == [paper]
    with pytest.raises(NotWhatItSays):
        actions.add_paper(order, "other", "x.pdf", b"MZ", by=manager, at=AT)
    with pytest.raises(PermissionDenied):
        actions.remove_paper(paper, by=world.as_staff("logist1"), at=AT)
    actions.remove_paper(paper, by=manager, at=AT)
    assert list(OrderPaper.objects.readable_by(manager)) == [inside]
    assert Entry.objects.filter(kind="order.paper_added", audience="ours").count() == 1
    assert Entry.objects.filter(kind="order.paper_removed").count() == 1


def test_goods_arrive_after_they_left(world: World) -> None:
    order, manager = daisy_order(world), world.as_staff("manager")
    shipment = actions.ship_order(order, {lines_of(order)[0].pk: Decimal(1)}, by=manager, at=AT)
    with refused("day"):
        actions.deliver_shipment(shipment, date(2026, 11, 1), by=manager, at=AT)
    actions.deliver_shipment(shipment, date(2026, 11, 18), by=manager, at=AT)
    actions.deliver_shipment(shipment, date(2026, 11, 19), by=manager, at=AT)
    shipment.refresh_from_db()
    assert shipment.delivered_on == date(2026, 11, 18)
    assert Entry.objects.filter(kind="order.delivered").count() == 1
