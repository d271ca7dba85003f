"""A draft reads like a real contract: its sums agree, stay whole, and its number is to come."""

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from zabota.contracts.models import Draft
from zabota.contracts.text.html.clause import cell_html
from zabota.contracts.text.tree import Cell
from zabota.home.world import World, begin


def test_the_services_contract_tells_one_story(world: World) -> None:
    contract = begin(world, "services-ru", "boris", AT)
    values = Draft.objects.get(contract=contract).values
    assert values["price"] == values["service_sum"] == "720000.00"
    assert "насос" not in values["subject"].split()[0] and "Орлова" not in values["client_manager"]
    page = browser_of(world, "boris").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert "номер присвоим при регистрации" in page
    assert ">Номер договора</span>" not in page


def test_a_sum_in_a_cell_is_not_broken() -> None:
    cell = Cell(())
    assert cell_html(cell, False, "<p>450\u00a0819,67</p>") == (
        '<td class="num"><p>450\u00a0819,67</p></td>'
    )
    assert cell_html(cell, False, "<p>до 25-го числа</p>") == "<td><p>до 25-го числа</p></td>"
