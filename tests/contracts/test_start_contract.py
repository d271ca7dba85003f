"""Ways in: from a form, as last time, as an amendment; by the client and by us; by whom not."""

import re

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, approve, route, seat, sent, step
from zabota.cases.models import Case
from zabota.clients.models import Contact
from zabota.contracts.actions import (
    install_shipped_forms,
    register_contract,
    save_values,
    start_contract,
    submit_contract,
    withdraw_edition,
)
from zabota.contracts.models import Contract, Draft
from zabota.contracts.parties import is_asked
from zabota.home.world import World, example_value

NEW = "/room/contracts/new/"
DESK = "/desk/contracts/new/"


def agreed(world: World, form: str = "nda-ru") -> Contract:
    """An agreed and registered contract of Anna's company."""
    contract = sent(world, form)
    approve(world, contract, "manager", "manager", AT + HOUR)
    if form == "nda-ru":
        approve(world, contract, "legal", "lawyer", AT + HOUR)
    return register_contract(contract, by=world.as_staff("manager"), at=AT + HOUR)


def newest() -> Contract:
    return Contract.objects.select_related("case__client", "case__owner").latest("pk")


def test_forms_stand_side_by_side_the_clients_language_first(world: World) -> None:
    page = browser_of(world, "anna").get(NEW)
    offers = page.context["ways"].offers
    assert [offer.language for offer in offers] == ["ru", "ru", "ru", "en"]
    text = page.content.decode()
    for words in (
        "Разовая покупка товара",
        "Предоплата и отсрочка",
        "7\xa0рабочих дней",
        "Текст на английском",
    ):
        assert words in text
    english = browser_of(world, "john").get(NEW).context["ways"].offers
    assert english[0].language == "en"
    assert english[0].what_for.startswith("A single purchase")


def test_choosing_a_form_opens_a_draft(world: World) -> None:
    browser = browser_of(world, "anna")
    answer = browser.post(NEW, {"form": world.forms["nda-ru"].pk})
    contract = newest()
    assert answer["Location"] == f"/room/contracts/{contract.pk}/"
    assert (contract.case.client, contract.case.state) == (world.clients["romashka"], "draft")
    assert Draft.objects.get(contract=contract).side == "theirs"


def test_as_last_time_takes_what_was_typed_but_for_dates_and_numbers(world: World) -> None:
    before = sent(world, "supply-ru")
    browser = browser_of(world, "anna")
    # What is not agreed yet is not offered as agreed, nor to be amended.
    ways = browser.get(NEW).context["ways"]
    assert ways.like == [] and ways.agreed == []
    Case.objects.filter(pk=before.pk).update(state="agreed")
    page = browser.get(NEW)
    assert [one.pk for one in page.context["ways"].like] == [before.pk]
    browser.post(NEW, {"form": world.forms["supply-ru"].pk, "like": before.pk})
    values = Draft.objects.get(contract=newest()).values
    assert values["subject"] == before.version.values["subject"]  # type: ignore[union-attr]
    assert not {"contract_number", "contract_date", "delivery_date"} & values.keys()
    assert newest().like == before


def test_an_amendment_knows_its_contract(world: World) -> None:
    install_shipped_forms(world.routes, by=None, at=AT, only=("amendment-ru",))
    parent = agreed(world)
    browser = browser_of(world, "anna")
    ways = browser.get(NEW).context["ways"]
    assert "amendment" not in {offer.kind for offer in ways.offers}
    assert [one.pk for one in ways.agreed] == [parent.pk]
    page = browser.get(f"{NEW}?parent={parent.pk}")
    assert parent.registered_number and parent.registered_number != parent.case.number
    assert f"№ {parent.registered_number}" in page.content.decode().replace("\u00a0", " ")
    assert parent.case.number not in re.findall("<h1>.*?</h1>", page.content.decode())[0]
    ours = browser_of(world, "manager").get(
        f"{DESK}?client={parent.case.client_id}&parent={parent.pk}"
    )
    assert parent.registered_number in re.findall("<h1>.*?</h1>", ours.content.decode())[0]
    (offer,) = page.context["ways"].offers
    assert offer.kind == "amendment"
    browser.post(NEW, {"form": offer.edition, "parent": parent.pk})
    contract = newest()
    values = Draft.objects.get(contract=contract).values
    assert contract.parent == parent
    assert values["base_number"] == parent.registered_number
    assert values["base_title"] == parent.case.title
    # What the contract is about is not what its amendment is about.
    assert "subject" not in values
    assert parent.version is not None
    assert values["base_date"] == parent.version.values["contract_date"]


def test_goods_are_specified_under_an_agreed_supply_contract_only(world: World) -> None:
    slugs = ("amendment-ru", "specification-ru")
    forms = install_shipped_forms(world.routes, by=None, at=AT, only=slugs)
    (form,) = (one for one in forms if one.template.kind == "specification")
    route(world, step("manager", "general", [seat("owner")]), form="supply-ru")
    secrecy, supply, sent_only = agreed(world), agreed(world, "supply-ru"), sent(world, "supply-ru")
    browser = browser_of(world, "anna")

    def offered(query: str) -> set[str]:
        return {offer.kind for offer in browser.get(f"{NEW}{query}").context["ways"].offers}

    assert "specification" not in offered("")
    assert offered(f"?parent={secrecy.pk}") == {"amendment"}
    assert offered(f"?parent={supply.pk}") == {"amendment", "specification"}
    assert offered(f"?parent={sent_only.pk}") == set()
    for other in (secrecy, sent_only):
        answer = browser.post(NEW, {"form": form.pk, "parent": other.pk})
        assert answer.status_code == 404


def test_a_specification_takes_the_terms_of_its_contract_and_no_sums(world: World) -> None:
    (form,) = install_shipped_forms(world.routes, by=None, at=AT, only=("specification-ru",))
    route(world, step("manager", "general", [seat("owner")]), form="supply-ru")
    parent = agreed(world, "supply-ru")
    browser_of(world, "anna").post(NEW, {"form": form.pk, "parent": parent.pk})
    values = Draft.objects.get(contract=newest()).values
    assert parent.version is not None
    assert newest().parent == parent
    assert values["base_number"] == parent.registered_number
    assert values["currency"] == parent.version.values["currency"]
    assert not {"price", "subject", "goods_name", "goods_sum"} & values.keys()
    fill = {s["name"]: example_value(s) for s in form.fields if is_asked(s["name"])}
    save_values(newest(), fill, by=world.as_guest("anna"), at=AT)
    submit_contract(newest(), by=world.as_guest("anna"), at=AT)
    assert newest().case.state == "review"


def test_base_and_amendment_lead_to_each_other_for_both_sides(world: World) -> None:
    (form,) = install_shipped_forms(world.routes, by=None, at=AT, only=("amendment-ru",))
    parent = agreed(world)
    by = world.as_guest("anna")
    first = start_contract(form, by.client, by=by, at=AT, parent=parent)
    for who, door in (("anna", "room"), ("manager", "desk")):
        browser, base = browser_of(world, who), f"/{door}/contracts"
        below = browser.get(f"{base}/{first.pk}/dossier/").content.decode()
        assert f'href="{base}/{parent.pk}/"' in below
        above = browser.get(f"{base}/{parent.pk}/dossier/").content.decode()
        assert f'href="{base}/{first.pk}/"' in above
        assert f'href="{base}/{parent.pk}/"' in browser.get(f"{base}/{first.pk}/").content.decode()
    assert browser_of(world, "john").get(f"/room/contracts/{first.pk}/dossier/").status_code == 404


def test_as_last_time_belongs_to_the_same_contract(world: World) -> None:
    (form,) = install_shipped_forms(world.routes, by=None, at=AT, only=("amendment-ru",))
    parent, by = agreed(world), world.as_guest("anna")
    first = start_contract(form, by.client, by=by, at=AT, parent=parent)
    fill = {s["name"]: example_value(s) for s in form.fields if is_asked(s["name"])}
    save_values(first, fill, by=by, at=AT)
    submit_contract(first, by=by, at=AT)
    browser_of(world, "anna").post(NEW, {"form": form.pk, "like": first.pk})
    assert newest().parent == parent
    assert Draft.objects.get(contract=newest()).values["base_number"] == parent.registered_number


def test_we_start_one_for_a_client_and_it_stays_with_us(world: World) -> None:
    browser = browser_of(world, "manager")
    clients = browser.get(f"{DESK}?q=ромаш").context["clients"]
    assert [client.pk for client in clients] == [world.clients["romashka"].pk]
    path = f"{DESK}?client={clients[0].pk}"
    assert browser.get(path).status_code == 200
    lawyer = world.staff["lawyer"]
    answer = browser.post(path, {"form": world.forms["nda-ru"].pk, "owner": lawyer.pk})
    contract = newest()
    assert answer["Location"] == f"/desk/contracts/{contract.pk}/"
    assert (contract.case.owner, contract.case.state) == (lawyer, "preparing")
    assert browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").status_code == 404


def test_a_form_withdrawn_meanwhile_is_said_to_be(world: World) -> None:
    form = world.forms["nda-ru"]
    withdraw_edition(form, by=world.as_staff("lawyer"), at=AT)
    for who, path in (("anna", NEW), ("manager", f"{DESK}?client={world.clients['romashka'].pk}")):
        answer = browser_of(world, who).post(path, {"form": form.pk}, follow=True)
        assert "Эту форму больше не предлагают" in answer.content.decode()
    assert not Contract.objects.exists()


def test_who_only_sees_cannot_start(world: World) -> None:
    Contact.objects.filter(pk=world.guests["anna"].pk).update(role="sees")
    browser = browser_of(world, "anna")
    form = world.forms["nda-ru"].pk
    for path in (NEW, f"{NEW}paper/"):
        assert browser.get(path).status_code == 403
        assert browser.post(path, {"form": form}).status_code == 403
    assert NEW not in browser.get("/room/").content.decode()
    assert NEW not in browser.get("/room/contracts/").content.decode()
    assert not Contract.objects.exists()


@pytest.mark.parametrize("named", ["like", "parent"])
def test_a_strangers_contract_is_neither_repeated_nor_amended(world: World, named: str) -> None:
    theirs = sent(world)
    browser = browser_of(world, "john")
    form = world.forms["supply-en"].pk
    assert browser.post(NEW, {"form": form, named: theirs.pk}).status_code == 404
    assert browser.get(f"{NEW}?parent={theirs.pk}").status_code == 404
    other = f"{DESK}?client={world.clients['vector'].pk}"
    assert (
        browser_of(world, "lawyer").post(other, {"form": form, named: theirs.pk}).status_code == 404
    )
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("form", ["", "x", "999999", "²", "1" * 40])
def test_a_form_nobody_offers(world: World, form: str) -> None:
    assert browser_of(world, "anna").post(NEW, {"form": form}).status_code == 404


@pytest.mark.parametrize("query", ["?client=999999", "?client=x", "?client=1&parent=999"])
def test_a_client_nobody_knows(world: World, query: str) -> None:
    assert browser_of(world, "manager").get(f"{DESK}{query}").status_code == 404


def test_each_side_keeps_to_its_door(world: World) -> None:
    assert browser_of(world, "anna").get(DESK).status_code == 404
    assert browser_of(world, "manager").get(NEW).status_code == 404
