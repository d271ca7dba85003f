"""A real firm begins with the ready forms and a route each that ends, be it a firm of one."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from tools.forms.build import ORDER
from zabota.clients.actions import add_client
from zabota.contracts.actions import (
    approve_stage,
    lay_shipped_forms,
    save_values,
    start_contract,
    submit_contract,
)
from zabota.contracts.models import Contract, ContractTemplate, Route, Stage, TemplateEdition
from zabota.contracts.parties import is_asked
from zabota.home.world import World, example_value
from zabota.journal.models import Entry
from zabota.people.access import StaffViewer
from zabota.people.actions import found_firm
from zabota.people.models import Employee
from zabota.people.refusal import Refused


def bare(world: World) -> None:
    """The sample firm as it was before anybody gave it forms."""
    TemplateEdition.objects.all().delete()
    ContractTemplate.objects.all().delete()
    Route.objects.update(current=None)
    for route in Route.objects.all():
        route.editions.all().delete()
        route.delete()


def one_person() -> StaffViewer:
    """A firm that has nobody but its owner, as `createowner` founds it."""
    found_firm("Полюс", "o@firm.example", "Ольга Петрова", "весёлый-Ёжик-48", by=None, at=AT)
    owner = Employee.objects.select_related("user", "team", "lead").get()
    return StaffViewer(owner.user, owner)


@pytest.mark.django_db
def test_the_forms_are_in_force_each_with_a_route() -> None:
    one_person()
    laid = lay_shipped_forms(by=None, at=AT)
    assert len(laid) == len(ORDER) and {edition.state for edition in laid} == {"in_force"}
    assert all(edition.route is not None for edition in laid)
    assert set(Route.objects.values_list("slug", flat=True)) == {"standard", "short"}
    entry = Entry.objects.get(kind="contract.forms_laid")
    assert entry.facts["count"] == len(ORDER)
    with pytest.raises(Refused):
        lay_shipped_forms(by=None, at=AT)


@pytest.mark.django_db
def test_a_contract_ends_in_a_firm_of_one() -> None:
    """The owner alone holds every seat: a contract over a million comes to be agreed."""
    owner = one_person()
    lay_shipped_forms(by=owner, at=AT)
    fields = {"kind": "company", "name": "ООО «Ромашка»", "short_name": "ООО «Ромашка»"}
    client = add_client(fields, owner=owner.employee, by=None, at=AT)  # type: ignore[arg-type]
    edition = TemplateEdition.objects.select_related("template", "route").get(
        template__slug="supply-ru"
    )
    contract = start_contract(edition, client, by=owner, at=AT)
    values = {
        spec["name"]: example_value(spec) for spec in edition.fields if is_asked(spec["name"])
    }
    save_values(contract, values | {"price": "5000000.00"}, by=owner, at=AT)
    submit_contract(contract, by=owner, at=AT)
    seen = []
    while running := Stage.objects.filter(contract=contract, promise__state="running").first():
        seen.append(running.key)
        approve_stage(running.pk, by=owner, at=AT)
    assert Contract.objects.get(pk=contract.pk).case.state == "agreed"
    assert seen == ["manager", "legal", "finance", "director"]


def test_the_empty_pages_offer_it_and_it_is_done(world: World) -> None:
    bare(world)
    browser = browser_of(world, "director")
    for page in ("/desk/forms/", "/desk/routes/"):
        assert "Положить готовые формы" in browser.get(page).content.decode()
    told = browser.post("/desk/forms/ready/", {"back": "/desk/routes/"}, follow=True)
    assert told.redirect_chain == [("/desk/routes/", 302)]
    words = told.content.decode()
    assert "Обычный" in words and "Положить готовые" not in words
    assert ContractTemplate.objects.count() == len(ORDER)
    assert (
        "Всё готовое уже"
        in browser.post(
            "/desk/forms/ready/", {"back": "https://evil.example/"}, follow=True
        ).content.decode()
    )


def test_only_who_edits_forms_and_routes_may(world: World) -> None:
    bare(world)
    assert (
        "Положить готовые" not in browser_of(world, "logist1").get("/desk/forms/").content.decode()
    )
    with pytest.raises(PermissionDenied):
        lay_shipped_forms(by=world.as_staff("logist1"), at=AT)
    assert browser_of(world, "logist1").post("/desk/forms/ready/").status_code == 403
    assert lay_shipped_forms(by=world.as_staff("lawyer"), at=AT)


def test_what_the_firm_has_already_stays(world: World) -> None:
    """The forms of the sample firm and its own routes are not touched; only the rest comes."""
    before = Route.objects.get(slug="standard").current_id
    laid = lay_shipped_forms(by=world.as_staff("director"), at=AT)
    assert len(laid) == len(ORDER) - len(world.forms)
    assert Route.objects.get(slug="standard").current_id == before
