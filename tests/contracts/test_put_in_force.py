"""An edition comes into force with a route, the one before is withdrawn; contracts keep theirs."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.test_import_form import FIRST, words
from tests.contracts.worlds import AT, DAY
from zabota.contracts.actions import import_form, put_in_force, withdraw_edition
from zabota.contracts.actions.editions import NotADraft, RouteMissing
from zabota.contracts.models import TemplateEdition
from zabota.home.world import World, begin
from zabota.journal.models import Entry


def draft(world: World) -> TemplateEdition:
    template = world.forms["nda-ru"].template
    return import_form(template, words(FIRST), by=world.as_staff("lawyer"), at=AT)


def test_it_works_and_is_remembered(world: World) -> None:
    old, new = world.forms["nda-ru"], draft(world)
    contract = begin(world, "nda-ru", "anna", AT)
    put_in_force(new, by=world.as_staff("lawyer"), at=AT + DAY)
    old.refresh_from_db()
    new.refresh_from_db()
    contract.refresh_from_db()
    assert (old.state, old.withdrawn_at) == ("withdrawn", AT + DAY)
    assert (new.state, new.in_force_since) == ("in_force", AT + DAY)
    assert contract.edition_id == old.pk
    said = Entry.objects.filter(kind="contract.edition_in_force").latest("pk")
    assert said.facts["edition"] == new.pk


def test_not_without_a_route_nor_twice(world: World) -> None:
    new = draft(world)
    TemplateEdition.objects.filter(pk=new.pk).update(route=None)
    with pytest.raises(RouteMissing):
        put_in_force(new, by=world.as_staff("lawyer"), at=AT)
    TemplateEdition.objects.filter(pk=new.pk).update(route=world.routes["short"])
    put_in_force(new, by=world.as_staff("lawyer"), at=AT)
    with pytest.raises(NotADraft):
        put_in_force(new, by=world.as_staff("lawyer"), at=AT)


def test_only_with_the_power(world: World) -> None:
    new = draft(world)
    with pytest.raises(PermissionDenied):
        put_in_force(new, by=world.as_staff("manager"), at=AT)
    with pytest.raises(PermissionDenied):
        withdraw_edition(new, by=world.as_staff("manager"), at=AT)


def test_withdraw_edition(world: World) -> None:
    old = world.forms["nda-ru"]
    withdraw_edition(old, by=world.as_staff("lawyer"), at=AT)
    withdraw_edition(old, by=world.as_staff("lawyer"), at=AT)
    old.refresh_from_db()
    assert old.state == "withdrawn"
    said = Entry.objects.filter(kind="contract.edition_withdrawn")
    assert [entry.facts["edition"] for entry in said] == [old.pk]
