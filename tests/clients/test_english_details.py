"""A client's details and people in English: typed, kept, shown, erased."""

from tests.clients.conftest import Clients
from tests.clients.test_pages import browser_of
from tests.people.conftest import AT
from zabota.clients import actions
from zabota.clients.models import Client, Contact
from zabota.people import actions as people
from zabota.people.models import PowerKind, User


def test_the_card_keeps_and_shows_both_languages(clients: Clients) -> None:
    clerk = browser_of(clients.staff.user("clerk"))
    page = f"/desk/clients/{clients.daisy.pk}/"
    typed = {
        "kind": "company", "name": "ООО «Ромашка»", "inn": "7707083893", "kpp": "773601001",
        "language": "ru", "owner": clients.staff.clerk.pk, "address": "Москва", "short_name_en":
        "Daisy LLC", "address_en": "Moscow", "signatory": "Анна Крылова",
    }  # fmt: skip
    wrong = clerk.post(f"{page}edit/", {**typed, "inn": "1"})
    assert wrong.status_code == 422 and "Daisy LLC" in wrong.content.decode()
    assert clerk.post(f"{page}edit/", typed).status_code == 302
    daisy = Client.objects.get(pk=clients.daisy.pk)
    assert (daisy.short_name_en, daisy.address_en, daisy.bank_en) == ("Daisy LLC", "Moscow", "")
    assert "daisy llc" in daisy.search
    russian = clerk.get(page).context["details"]
    assert ("Москва", "Moscow") in [row[1:] for row in russian]
    assert "Как в загранпаспорте: Anna Krylova." in clerk.get(f"{page}edit/").content.decode()
    User.objects.filter(pk=clients.staff.clerk.user_id).update(language="en")
    english = clerk.get(page)
    assert ("Moscow", "Москва") in [row[1:] for row in english.context["details"]]
    assert "<h1>Daisy LLC</h1>" in english.content.decode()
    assert "Daisy LLC" in clerk.get("/desk/clients/").content.decode()
    assert "Daisy LLC" in clerk.get("/desk/clients/?q=daisy").content.decode()


def test_a_person_has_an_english_name_that_their_account_follows(clients: Clients) -> None:
    people.grant_power(clients.staff.clerk, PowerKind.CLIENTS, by=None, at=AT)
    clerk = browser_of(clients.staff.user("clerk"))
    page = f"/desk/contacts/{clients.editor.pk}/edit/"
    assert clerk.get(page).status_code == 200
    typed = {"name": "Пётр Щукин", "name_en": "Peter Shchukin", "position_en": "Buyer"}
    assert clerk.post(page, typed).status_code == 302
    editor = Contact.objects.select_related("user").get(pk=clients.editor.pk)
    assert (editor.name_en, editor.position_en) == ("Peter Shchukin", "Buyer")
    assert editor.user is not None and editor.user.name_en == "Peter Shchukin"
    User.objects.filter(pk=clients.owner.user_id).update(language="en")
    room = browser_of(clients.user("owner")).get("/room/people/").content.decode()
    assert "Peter Shchukin" in room and "Buyer" in room and "Щукин" not in room


def test_erasing_a_person_erases_their_english_name(clients: Clients) -> None:
    actions.change_contact(
        clients.editor, "Пётр", by=None, at=AT, name_en="Peter", position_en="Buyer"
    )
    actions.erase_person(clients.editor, by=None, at=AT)
    editor = Contact.objects.select_related("user").get(pk=clients.editor.pk)
    assert (editor.name_en, editor.position_en) == ("", "")
    assert editor.user is not None and editor.user.name_en == ""
