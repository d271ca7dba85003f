"""An open request says who else has it open; nobody is locked, nothing is journaled."""

from datetime import timedelta

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from tests.tickets.asked import asked, kinds
from zabota.common import clock
from zabota.home.world import World
from zabota.tickets.actions.looking import look_at_ticket
from zabota.tickets.models import Looking


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_a_colleague_is_seen_while_their_page_is_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = asked(world)
    page, line = f"/desk/tickets/{ticket.pk}/", f"/desk/tickets/{ticket.pk}/looking/"
    director, manager = browser_of(world, "director"), browser_of(world, "manager")
    assert director.get(f"{line}?seen=").status_code == 204
    answer = manager.get(f"{line}?seen=")
    assert answer.status_code == 200 and "Елена Орлова" in answer.content.decode()
    mark = str(world.staff["director"].pk)
    assert manager.get(f"{line}?seen={mark}").status_code == 204
    assert "Открыто сейчас и у коллег: Елена Орлова" in " ".join(
        manager.get(page).content.decode().replace("<span>", "").split()
    )
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(seconds=31))
    gone = manager.get(f"{line}?seen={mark}")
    assert gone.status_code == 200 and "Елена" not in gone.content.decode()
    assert kinds(ticket) == ["ticket.opened"]


def test_an_open_page_is_written_down_now_and_then(world: World) -> None:
    ticket, by = asked(world), world.as_staff("manager")
    for seconds in (0, 5, 9, 15):
        look_at_ticket(ticket, by=by, at=AT + timedelta(seconds=seconds))
    assert Looking.objects.get().at == AT + timedelta(seconds=15)


def test_strangers_find_nothing(world: World) -> None:
    line = f"/desk/tickets/{asked(world).pk}/looking/"
    assert browser_of(world, "stranger").get(line).status_code == 404
    assert browser_of(world, "anna").get(line).status_code == 404
    assert not Looking.objects.exists()


def test_the_client_does_not_see_who_looks(world: World) -> None:
    ticket = asked(world)
    browser_of(world, "director").get(f"/desk/tickets/{ticket.pk}/looking/")
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Елена" not in page and "looking" not in page
