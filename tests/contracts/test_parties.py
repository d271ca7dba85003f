"""The parties' details: in the language of the form, with what each card lacks said to staff."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.contracts.browsers import browser_of
from tests.contracts.test_download_paper import pdf_text
from tests.contracts.worlds import AT, HOUR, fresh_contract
from zabota.clients.actions import change_client
from zabota.contracts.actions import start_contract, submit_contract
from zabota.contracts.models import Contract
from zabota.contracts.parties import lacking_details, party_values
from zabota.contracts.reading.texts import display_values, version_text
from zabota.contracts.reading.values import labels_of
from zabota.home.world import World, begin
from zabota.people.actions import change_firm
from zabota.people.firm import current_firm

CYRILLIC = re.compile("[А-Яа-яЁё]")
OWN_NUMBER = re.compile(r"[ПД]-\d{4}-\d{4}")


@pytest.fixture
def english(world: World) -> Contract:
    contract = begin(world, "supply-en", "john", AT)
    submit_contract(contract, by=world.as_guest("john"), at=AT + HOUR)
    return fresh_contract(contract)


def test_an_english_contract_of_the_sample_firm_reads_english_throughout(
    world: World, english: Contract
) -> None:
    assert english.version is not None
    values = display_values(english, english.version.values)
    assert values["firm.name"] == "Severny Svet Limited Liability Company"
    assert values["client.address"] == "16 Nametkina Street, Moscow 117420, Russia"
    assert values["firm.phone"] == "+7 495 777-01-23"
    assert not [value for value in values.values() if CYRILLIC.search(value)]
    words = version_text(english.version).text.document
    assert not CYRILLIC.search(repr(words))


def test_its_papers_have_no_russian_letter_but_in_its_number(
    world: World, english: Contract, tmp_path: Path
) -> None:
    john = browser_of(world, "john")
    base = f"/room/contracts/{english.pk}/"
    for paper in ("text.pdf", "approval-sheet.pdf"):
        text = OWN_NUMBER.sub("", pdf_text(john.get(f"{base}{paper}").content, tmp_path))
        assert not CYRILLIC.search(text), paper
    with zipfile.ZipFile(io.BytesIO(john.get(f"{base}text.docx").content)) as package:
        for name in package.namelist():
            told = OWN_NUMBER.sub("", package.read(name).decode())
            assert not CYRILLIC.search(told), name
    sheet = pdf_text(john.get(f"{base}approval-sheet.pdf").content, tmp_path)
    assert "Vector Trading Limited Liability Company" in sheet


def test_each_language_takes_its_own_details_and_numbers_are_one(world: World) -> None:
    client, firm = world.clients["vector"], current_firm()
    russian, english = (party_values(client, firm, language) for language in ("ru", "en"))
    assert russian["firm.short_name"] == "ООО «Северный свет»"
    assert english["firm.short_name"] == "Severny Svet LLC"
    assert russian["client.signatory"] == "Адамс Джон"
    assert english["client.signatory"] == "John Adams"
    same = ("inn", "kpp", "ogrn", "bik", "account", "corr_account", "phone", "email")
    assert all(russian[f"firm.{name}"] == english[f"firm.{name}"] for name in same)


def test_a_missing_detail_stands_in_the_other_language_and_staff_are_told(
    world: World, english: Contract
) -> None:
    manager, john = browser_of(world, "manager"), browser_of(world, "john")
    page, room = f"/desk/contracts/{english.pk}/", f"/room/contracts/{english.pk}/"
    assert manager.get(page).context["lacking"] == {}
    vector = change_client(world.clients["vector"], {"address_en": ""}, by=None, at=AT)
    details = {**current_firm().details, "bank_en": "", "authority": ""}
    firm = change_firm({"details": details}, by=None, at=AT)
    values = party_values(vector, firm, "en")
    assert values["client.address"] == vector.address
    assert values["firm.bank"] == "АО «Северный банк»"
    assert party_values(vector, firm, "ru")["firm.authority"] == "the Charter"
    fields = english.edition.fields
    with override("en"):
        found = lacking_details(fields, values, "en")
        assert found == {"firm": ["bank"], "client": ["address"]}
        found = lacking_details(fields, party_values(vector, firm, "ru"), "ru")
        assert found == {"firm": ["authority to sign"]}
    # What was sent keeps what stood in it; what is begun now lacks them.
    assert manager.get(page).context["lacking"] == {}
    ours = start_contract(
        world.forms["supply-en"], vector, by=world.as_staff("manager"), at=AT + HOUR
    )
    told = manager.get(f"/desk/contracts/{ours.pk}/")
    assert told.context["lacking"] == {"firm": ["банк"], "client": ["адрес"]}
    assert f'<a href="/desk/clients/{vector.pk}/">' in told.content.decode()
    assert john.get(room).context["lacking"] == {}


def test_an_empty_detail_is_named_for_its_reader(world: World) -> None:
    fields = [{"name": "firm.inn"}, {"name": "client.signatory", "label": "Clerk"}, {"name": "x"}]
    with override("ru"):
        assert labels_of(fields) == {
            "firm.inn": "ИНН фирмы",
            "client.signatory": "подписант клиента",
            "x": "x",
        }
    with override("en"):
        assert labels_of(fields)["firm.inn"] == "firm's INN"


GENITIVE = "Заяца Павла Ильича"


def signed_by(world: World, name: str, **more: str) -> dict[str, str]:
    client = change_client(
        world.clients["romashka"],
        {"signatory": name, **more},
        by=None,
        at=AT,  # type: ignore[typeddict-item]
    )
    return party_values(client, current_firm(), "ru")


def test_a_genitive_that_people_wrote_stands_before_the_rules(world: World) -> None:
    assert "client.signatory.gen" not in signed_by(world, "Заяц Павел Ильич")
    assert signed_by(world, "Заяц Павел Ильич", signatory_gen=GENITIVE)["client.signatory.gen"] == (
        GENITIVE
    )
    contract = begin(world, "supply-ru", "anna", AT)
    submit_contract(contract, by=world.as_guest("anna"), at=AT)
    version = fresh_contract(contract).version
    assert version is not None
    assert version.values["client.signatory.gen"] == GENITIVE
    client = fresh_contract(contract).case.client
    assert "client.signatory.gen" not in party_values(client, current_firm(), "en")


def test_a_genitive_is_forgotten_with_the_name_it_was_of(world: World) -> None:
    signed_by(world, "Заяц Павел Ильич", signatory_gen=GENITIVE)
    assert "client.signatory.gen" not in signed_by(world, "Петров Пётр Петрович")
    details = current_firm().details
    firm = change_firm({"details": {**details, "authority_gen": "Устава"}}, by=None, at=AT)
    assert firm.details["authority_gen"] == "Устава"
    firm = change_firm({"details": {**firm.details, "authority": "Положение"}}, by=None, at=AT)
    assert firm.details["authority_gen"] == ""


def test_the_parties_are_introduced_in_the_genitive(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    submit_contract(contract, by=world.as_guest("anna"), at=AT)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    words = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "в лице генерального директора Крыловой Анны Сергеевны" in words
    assert "действующей на основании Устава" in words
    assert "прописью: " in words


def test_the_card_asks_for_the_genitive(world: World) -> None:
    client = world.clients["romashka"]
    page = browser_of(world, "manager").get(f"/desk/clients/{client.pk}/edit/").content.decode()
    assert "после «в лице»" in page
    firm = browser_of(world, "director").get("/desk/firm/details/").content.decode()
    assert 'name="authority_gen"' in firm
