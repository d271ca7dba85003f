"""A shop that gives points: units and rules, a person who buys, one of ours at the till."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.contracts.worlds import AT, DAY
from zabota.clients.access import RoomViewer, room_viewer
from zabota.clients.actions import add_client, invite_contact
from zabota.clients.models import Client, Contact
from zabota.home.world import World
from zabota.loyalty.actions import earn_points
from zabota.loyalty.actions.units import RuleFields, UnitFields, make_rule, set_unit
from zabota.loyalty.models import Batch, EarnRule, Posting, Unit
from zabota.loyalty.verify import faults_of_points
from zabota.people.access import StaffViewer
from zabota.people.actions import change_firm, grant_power
from zabota.people.models import User

TODAY = date(2026, 11, 17)
POINTS: UnitFields = {
    "name_ru": "Баллы", "name_en": "Points", "one_ru": "балл", "few_ru": "балла",
    "many_ru": "баллов", "one_en": "point", "many_en": "points", "pays": Decimal(1),
    "pays_share": 50,
}  # fmt: skip
CUPS: UnitFields = {
    "name_ru": "Чашки кофе", "name_en": "Cups of coffee", "one_ru": "чашка кофе",
    "few_ru": "чашки кофе", "many_ru": "чашек кофе", "one_en": "cup of coffee",
    "many_en": "cups of coffee", "pays": None, "pays_share": 100,
}  # fmt: skip


@dataclass
class Shop:
    world: World
    unit: Unit
    buyer: Client
    person: Contact
    cashier: User

    def rule(self, occasion: str = "purchase", **more: Any) -> EarnRule:
        """A rule from long ago: ten for each hundred roubles, or what is said."""
        given: RuleFields = {
            "occasion": occasion, "unit": self.unit,
            "rate": Decimal(10) if occasion == "purchase" and "amount" not in more else None,
            "amount": None if occasion == "purchase" else 50, "least": Decimal(0), "place": None,
            "tier": None, "may_owe": False, "from_day": TODAY - 30 * DAY, "until_day": None,
        } | more  # type: ignore[assignment]  # fmt: skip
        return make_rule(given, by=None, at=AT)

    def buys(self, sum_: int | str, mark: str, **more: Any) -> Batch | None:
        """Points for a purchase of this sum."""
        given = {"by": None, "at": AT, "sum": Decimal(sum_)} | more
        return earn_points(self.buyer, occasion="purchase", mark=mark, **given)

    def left(self, unit: Unit | None = None) -> int:
        """What the buyer has."""
        rows = Batch.objects.of_whole(self.buyer.pk).filter(unit=unit or self.unit)
        return sum(rows.values_list("left", flat=True))

    def room(self) -> RoomViewer:
        user = User.objects.get(contacts=self.person)
        viewer = room_viewer(user, self.person.pk)
        assert viewer is not None
        return viewer

    def desk(self, key: str = "manager") -> StaffViewer:
        return self.world.as_staff(key)


def open_shop(world: World) -> Shop:
    """Points that pay a rouble each; a person with an account; the manager at the till."""
    change_firm({"thanks_companies": True}, by=None, at=AT)
    unit = set_unit(None, POINTS, by=None, at=AT)
    buyer = add_client(
        {"name": "Лидия Зорина", "kind": "person"}, owner=world.staff["manager"], by=None, at=AT
    )
    person = invite_contact(
        buyer, "Лидия Зорина", "lidia@buyers.example", "owner", by=None, at=AT,
        phone="+7 916 200-30-40",
    )  # fmt: skip
    grant_power(world.staff["manager"], "till", by=None, at=AT)
    return Shop(world, unit, buyer, person, world.staff["manager"].user)


def books_are_right() -> bool:
    """Everything that must hold of the books does."""
    assert list(faults_of_points()) == []
    return sum(Posting.objects.values_list("amount", flat=True)) == 0
