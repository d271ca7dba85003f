"""How cases hang together: said once, read from both sides, taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.worlds import AT, world, world_file
from tests.support.refused import refused
from tests.tickets.asked import asked, kinds
from zabota.cases.actions import link_cases, unlink_cases
from zabota.cases.models import Link, LinkKind
from zabota.cases.reading import read_links
from zabota.home.world import World

__all__ = ["world", "world_file"]


def test_a_request_about_a_contract_is_seen_from_both(world: World) -> None:
    contract, ticket = sent_supply(world), asked(world)
    browser = browser_of(world, "manager")
    form = browser.get(f"/desk/cases/{ticket.pk}/links/").content.decode()
    assert contract.case.title in form
    answer = browser.post(
        f"/desk/cases/{ticket.pk}/links/", {"kind": "concerns", "other": contract.pk}, follow=True
    )
    page = answer.content.decode()
    assert "Касается" in page and contract.case.title in page
    there = browser.get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert "К этому относится" in there and ticket.case.title in there
    assert kinds(ticket)[-1] == "case.linked"
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert contract.case.number not in room
    link = Link.objects.get()
    back = browser.post(f"/desk/links/{link.pk}/undo/", {"from": contract.pk})
    assert back.headers["Location"] == f"/desk/cases/{contract.pk}/"
    assert kinds(ticket)[-1] == "case.unlinked"
    assert not read_links(ticket.case, world.as_staff("manager"))


def test_refused_when_not_sensible(world: World) -> None:
    by, one, other = world.as_staff("manager"), asked(world), asked(world)
    third = asked(world)
    with refused("same_case"):
        link_cases(one.case, one.case, LinkKind.CONCERNS, by=by, at=AT)
    link_cases(one.case, other.case, LinkKind.PART, by=by, at=AT)
    with refused("linked"):
        link_cases(one.case, other.case, LinkKind.PART, by=by, at=AT)
    with refused("has_parent"):
        link_cases(one.case, third.case, LinkKind.PART, by=by, at=AT)
    link_cases(other.case, third.case, LinkKind.PART, by=by, at=AT)
    with refused("circle"):
        link_cases(third.case, one.case, LinkKind.PART, by=by, at=AT)
    (up, down) = read_links(other.case, by)
    assert [row.case for row in up.rows] == [third.case]
    assert [row.case for row in down.rows] == [one.case]
    link = Link.objects.get(one=one.case)
    unlink_cases(link, by=by, at=AT)
    with refused("undone"):
        unlink_cases(link, by=by, at=AT)
    with pytest.raises(PermissionDenied):
        link_cases(one.case, third.case, LinkKind.CAUSED, by=world.as_guest("anna"), at=AT)  # type: ignore[arg-type]


def test_whoever_does_not_see_the_other_end_does_not_read_of_it(world: World) -> None:
    contract, ticket = sent_supply(world), asked(world)
    link_cases(ticket.case, contract.case, LinkKind.CONCERNS, by=world.as_staff("director"), at=AT)
    link = Link.objects.get()
    clerk = browser_of(world, "logist1")
    assert clerk.post(f"/desk/links/{link.pk}/undo/").status_code == 404
    assert clerk.get(f"/desk/cases/{ticket.pk}/links/").status_code == 404
    assert not read_links(contract.case, world.as_staff("logist1"))
