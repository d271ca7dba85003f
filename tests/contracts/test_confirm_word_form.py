"""What the rules of Russian only guess at is confirmed by one press, for the card."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, fresh_contract, last_entry, sent
from zabota.clients.models import Client
from zabota.common.language import acting, decline_name
from zabota.contracts.actions.word_forms import confirm_word_form
from zabota.contracts.models import Contract
from zabota.contracts.parties import party_values
from zabota.contracts.reading.values import shown_values
from zabota.contracts.word_forms import unsure_forms
from zabota.home.world import World
from zabota.people.models import Firm
from zabota.people.refusal import Refused

NAME, GUESS = "Павел Заяц", decline_name("Павел Заяц").text


@pytest.fixture
def contract(world: World) -> Contract:
    """Its client is signed for by somebody whose surname is an animal's, too."""
    Client.objects.filter(pk=world.clients["romashka"].pk).update(signatory=NAME, signatory_gen="")
    return fresh_contract(sent(world, "supply-ru"))


def shown(contract: Contract) -> dict[str, str]:
    client, firm = Client.objects.get(pk=contract.case.client_id), Firm.objects.get()
    return shown_values(contract.edition.fields, party_values(client, firm, "ru"), "ru")


def test_the_guess_is_shown_and_kept_with_one_press(world: World, contract: Contract) -> None:
    assert "client.signatory.gen" not in shown(contract)
    manager, path = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}/"
    page = manager.get(path).content.decode()
    assert f"«{GUESS}»" in page and "Всё верно" in page
    told = {"party": "client", "detail": "signatory", "words": GUESS}
    assert manager.post(f"{path}word-form/", told).status_code == 302
    assert Client.objects.get(pk=contract.case.client_id).signatory_gen == GUESS
    assert last_entry("clients.client_changed").facts["fields"] == ["signatory_gen"]
    assert shown(contract)["client.signatory.gen"] == GUESS
    assert "Всё верно" not in manager.get(path).content.decode()


def test_what_a_version_has_already_is_not_asked_of_it(world: World) -> None:
    contract = sent(world, "supply-ru")
    Client.objects.filter(pk=world.clients["romashka"].pk).update(signatory=NAME)
    manager, path = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}/"
    assert GUESS not in manager.get(path).content.decode()
    client = Client.objects.get(pk=world.clients["romashka"].pk)
    assert contract.version and contract.version.values["client.signatory.gen"] != GUESS
    assert client.signatory == NAME


def test_others_see_it_and_do_not_confirm(world: World, contract: Contract) -> None:
    path = f"/desk/contracts/{contract.pk}/"
    page = browser_of(world, "lawyer").get(path).content.decode()
    assert GUESS in page and "Всё верно" not in page
    for by in (world.as_staff("lawyer"), world.as_guest("anna"), world.as_staff("stranger")):
        with pytest.raises(PermissionDenied):
            confirm_word_form(contract, "client", "signatory", GUESS, by=by, at=AT)
    assert (
        GUESS
        not in browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    )
    assert browser_of(world, "stranger").post(f"{path}word-form/").status_code == 404


def test_only_what_was_shown_is_kept(world: World, contract: Contract) -> None:
    manager = world.as_staff("manager")
    for party, detail, words in (
        ("client", "signatory", "Кого угодно"),
        ("client", "name", GUESS),
        ("client", "owner", "1"),
        ("other", "signatory", GUESS),
    ):
        with pytest.raises((Refused, PermissionDenied)):
            confirm_word_form(contract, party, detail, words, by=manager, at=AT)
    assert Client.objects.get(pk=contract.case.client_id).signatory_gen == ""


def test_of_the_firm_an_administrator_confirms(world: World, contract: Contract) -> None:
    firm = Firm.objects.get()
    firm.details |= {"signatory": NAME, "signatory_gen": ""}
    firm.version += 1
    firm.save()
    with pytest.raises(PermissionDenied):
        confirm_word_form(contract, "firm", "signatory", GUESS, by=world.as_staff("manager"), at=AT)
    confirm_word_form(contract, "firm", "signatory", GUESS, by=world.as_staff("director"), at=AT)
    assert Firm.objects.get().details["signatory_gen"] == GUESS


def test_what_is_sure_or_written_is_not_asked(contract: Contract) -> None:
    fields = contract.edition.fields
    values = {"client.signatory": NAME, "firm.signatory": "Иванова Мария Петровна"}
    (one,) = unsure_forms(fields, values, "ru")
    assert (one.party, one.detail, one.guess) == ("client", "signatory", GUESS)
    assert unsure_forms(fields, values | {"client.signatory.gen": "Павла Зайца"}, "ru") == []
    assert unsure_forms(fields, values, "en") == []


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("Шевченко Жени Львовны", "действующей"), ("Шевченко Жени Львовича", "действующего")],
)
def test_who_acts_is_told_by_the_genitive_a_person_wrote(written: str, wanted: str) -> None:
    assert not acting("Шевченко Женя").is_sure
    said = acting("Шевченко Женя", written=written)
    assert said.is_sure and said.text == wanted
    assert not acting("Шевченко Женя", written="Шевченко Жени").is_sure
