"""The database itself keeps the books."""

import uuid

from django.db import Error, connection, transaction

from tests.contracts.worlds import AT
from tests.loyalty.shop import Shop
from tests.loyalty.small import small_shop
from tests.support.fresh import FreshDatabase
from zabota.clients.models import Client
from zabota.loyalty.actions import give_points
from zabota.loyalty.models import Batch, Posting, Transfer, Unit
from zabota.loyalty.verify import faults_of_points


def refused(change: object) -> bool:
    try:
        with transaction.atomic():
            change()  # type: ignore[operator]
            connection.check_constraints()
    except Error:
        return True
    return False


def move(
    buyer: Client, unit: Unit, *lines: tuple[str, int, int | None], pk: uuid.UUID | None = None
) -> None:
    pk = pk or uuid.uuid4()
    for account, amount, batch in lines:
        Posting.objects.create(
            transfer_id=pk, unit=unit, account=account, batch_id=batch, amount=amount
        )
    Transfer.objects.create(
        id=pk, kind="earn", mark=str(pk), client=buyer, unit=unit, amount=5, at=AT
    )


def the_database_refuses(buyer: Client, unit: Unit) -> None:
    batch = give_points(buyer, 100, mark="1", by=None, at=AT)
    assert batch is not None
    lines = Posting.objects.all()
    assert refused(lambda: move(buyer, unit, ("issued", -5, None), ("held", 6, batch.pk)))
    assert refused(lambda: move(buyer, unit, ("issued", -5, None)))
    assert refused(lambda: move(buyer, unit))
    assert refused(lambda: move(buyer, unit, ("issued", -5, None), ("held", 5, None)))
    assert refused(lambda: move(buyer, unit, ("issued", -5, batch.pk), ("spent", 5, None)))
    # A line without its transfer, and one added to a transfer that is closed.
    assert refused(
        lambda: Posting.objects.create(
            transfer_id=uuid.uuid4(), unit=unit, account="spent", amount=5
        )
    )
    assert refused(
        lambda: Posting.objects.create(
            transfer=batch.transfer, unit=unit, account="spent", amount=5
        )
    )
    for rows in (lines, Transfer.objects.all(), Batch.objects.all()):
        assert refused(rows.delete)
    assert refused(lambda: lines.update(amount=1))
    assert refused(lambda: Transfer.objects.update(amount=1))
    assert refused(lambda: Batch.objects.update(amount=1000))
    assert refused(lambda: Batch.objects.update(left=-1))
    assert refused(lambda: Batch.objects.update(left=101))
    assert refused(lambda: Batch.objects.update(expires_on="2027-01-01"))
    assert list(faults_of_points()) == []


def test_what_does_not_hold_is_found(shop: Shop) -> None:
    shop.rule()
    batch = shop.buys(1000, "1")
    Batch.objects.update(left=7)
    assert list(faults_of_points()) == [("batch", batch.pk)]  # type: ignore[union-attr]


def stands() -> list[tuple[str, object]]:
    (buyer,), _cashier = small_shop(1)
    the_database_refuses(Client.objects.get(pk=buyer), Unit.objects.get())
    return list(faults_of_points())


def test_so_does_the_other_database(on_both: FreshDatabase) -> None:
    assert on_both.call(stands) == []
