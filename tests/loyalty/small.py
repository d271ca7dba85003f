"""A shop without the sample firm around it: cheap to make in a fresh database of either kind."""

from decimal import Decimal

from tests.contracts.worlds import AT
from tests.loyalty.shop import POINTS, TODAY
from tests.people.conftest import make_staff
from zabota.clients.actions import add_client
from zabota.loyalty.actions.units import make_rule, set_unit
from zabota.loyalty.models import Unit
from zabota.people.actions import grant_power

DAYS = 30


def small_shop(buyers: int) -> tuple[list[int], int]:
    """So many clients, and the account of whoever is at the till."""
    staff = make_staff()
    unit: Unit = set_unit(None, POINTS, by=None, at=AT)
    make_rule(
        {
            "occasion": "purchase", "unit": unit, "rate": Decimal(10), "amount": None,
            "least": Decimal(0), "place": None, "tier": None, "may_owe": False,
            "from_day": TODAY.replace(year=TODAY.year - 1), "until_day": None,
        },
        by=None, at=AT,
    )  # fmt: skip
    grant_power(staff.clerk, "till", by=None, at=AT)
    clients = [
        add_client({"name": f"Покупатель {number}", "kind": "person"}, owner=staff.clerk,
                   by=None, at=AT)
        for number in range(buyers)
    ]  # fmt: skip
    return [client.pk for client in clients], staff.clerk.user_id
