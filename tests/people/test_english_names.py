"""Names in English: typed on cards, shown to whoever reads English, suggested from the passport."""

from django.test import Client as Browser

from tests.people.conftest import AT, Staff
from zabota.journal.models import Entry
from zabota.people import actions
from zabota.people.firm import current_firm
from zabota.people.models import Employee, User


def reading(staff: Staff, who: str, language: str) -> Browser:
    """One of ours in a browser, reading a language."""
    user = staff.user(who)
    User.objects.filter(pk=user.pk).update(language=language)
    browser = Browser()
    browser.force_login(User.objects.get(pk=user.pk))
    return browser


def test_a_name_typed_in_english_is_remembered_and_shown(staff: Staff) -> None:
    owner = reading(staff, "owner", "en")
    listed = owner.get("/desk/people/").content.decode()
    assert "Olga Petrova" in listed and "Ольга Петрова" not in listed
    page = f"/desk/people/{staff.owner.pk}/edit/"
    assert "as in a passport: Olga Petrova." in owner.get(page).content.decode()
    typed = {
        "name": "Ольга Петрова", "name_en": "Olga Petroff", "position_ru": "Директор",
        "position_en": "Director", "is_administrator": "on", "sees_all": "on",
    }  # fmt: skip
    wrong = owner.post(page, {**typed, "position_ru": ""})
    assert wrong.status_code == 422 and "Olga Petroff" in wrong.content.decode()
    assert owner.post(page, typed).status_code == 302
    entry = Entry.objects.filter(kind="people.employee_changed").latest("pk")
    assert entry.facts["after"]["name_en"] == "Olga Petroff"
    assert "Olga Petroff" in owner.get("/desk/people/").content.decode()
    assert "Olga Petroff" in owner.get("/desk/people/?q=petroff").content.decode()
    russian = reading(staff, "owner", "ru").get("/desk/people/").content.decode()
    assert "Ольга Петрова" in russian and "Petroff" not in russian
    kept = reading(staff, "owner", "en").get(page)
    assert kept.context["form"].initial["name"] == "Ольга Петрова"


def test_hired_with_an_english_name(staff: Staff) -> None:
    owner = reading(staff, "owner", "ru")
    typed = {
        "name": "Мария Левина", "name_en": "Maria Levina", "email": "maria@firm.example",
        "position_ru": "Юрист", "language": "en",
    }  # fmt: skip
    assert owner.post("/desk/people/hire/", typed).status_code == 302
    assert Employee.objects.get(user__email="maria@firm.example").user.name_en == "Maria Levina"


def test_the_firm_keeps_its_details_in_both_languages(staff: Staff) -> None:
    owner = reading(staff, "owner", "ru")
    typed = {
        "short_name": "ООО «Полюс»", "inn": "7707083893", "signatory": "Петрова Ольга",
        "short_name_en": "Polus LLC", "authority_en": "the Charter",
    }  # fmt: skip
    wrong = owner.post("/desk/firm/details/", {**typed, "inn": "1"})
    assert wrong.status_code == 422 and "Polus LLC" in wrong.content.decode()
    assert owner.post("/desk/firm/details/", typed).status_code == 302
    details = current_firm().details
    assert (details["short_name"], details["short_name_en"]) == ("ООО «Полюс»", "Polus LLC")
    page = owner.get("/desk/firm/details/").content.decode()
    assert "По-английски, для документов на английском" in page
    assert "Как в загранпаспорте: Petrova Olga." in page
    english = reading(staff, "owner", "en").get("/desk/firm/details/").content.decode()
    assert "In English, for papers in English" in english and "Polus LLC" in english


def test_readers_of_english_see_the_firm_by_its_english_name(staff: Staff) -> None:
    actions.change_firm({"name_en": "Polus"}, by=None, at=AT)
    english = reading(staff, "lawyer", "en").get("/desk/people/").content.decode()
    assert "Polus" in english and "Полюс" not in english
    russian = reading(staff, "lawyer", "ru").get("/desk/people/").content.decode()
    assert "Полюс" in russian and "Polus" not in russian


def test_a_firm_founded_in_english_numbers_its_contracts_in_latin_letters(db: None) -> None:
    firm = actions.found_firm(
        "Polus", "o@firm.example", "Olga", "весёлый-Ёжик-48", by=None, at=AT, language="en"
    )
    assert firm.number_pattern.startswith("C-")
