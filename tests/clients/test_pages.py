"""Pages of clients: on the desk and in the room; what each costs."""

import json

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.clients.conftest import Clients
from tests.people.conftest import AT
from zabota.clients import actions
from zabota.clients.models import Client, Contact, RoomRole
from zabota.clients.urls import desk_urls, room_urls
from zabota.people import actions as people
from zabota.people.models import PowerKind, User


def browser_of(user: User | None) -> Browser:
    browser = Browser()
    if user is not None:
        browser.force_login(user)
    return browser


def addresses(urls: list, root: str) -> list[str]:
    return [root + str(url.pattern).replace("<id:pk>", "1") for url in urls]


def test_strangers_find_nothing(clients: Clients) -> None:
    nobody, guest = browser_of(None), browser_of(clients.user("stranger"))
    lawyer = browser_of(clients.staff.user("lawyer"))
    for path in addresses(desk_urls, "/desk/"):
        assert nobody.get(path).status_code in (302, 405), path
        assert guest.get(path).status_code in (404, 405), path
        assert guest.post(path).status_code in (404, 405), path
    for path in addresses(room_urls, "/room/"):
        assert nobody.get(path).status_code in (302, 405), path
        assert lawyer.get(path).status_code in (404, 405), path
        assert lawyer.post(path).status_code in (404, 405), path
    owner = browser_of(clients.user("stranger"))
    for verb in ("role", "hand-over", "remove"):
        assert owner.post(f"/room/people/{clients.editor.pk}/{verb}/").status_code == 404
    assert owner.post(f"/room/company/{clients.editor.pk}/").status_code == 404


def test_the_desk_shows_and_keeps_a_client(clients: Clients) -> None:
    clerk, lawyer = (browser_of(clients.staff.user(who)) for who in ("clerk", "lawyer"))
    page = f"/desk/clients/{clients.daisy.pk}/"
    assert "Ромашка" in lawyer.get(page).content.decode()
    assert lawyer.get(f"{page}edit/").status_code == 403
    assert lawyer.get(f"{page}contacts/add/").status_code == 403
    assert lawyer.get("/desk/clients/add/").status_code == 403
    typed = {
        "kind": "company", "name": "ООО «Ромашка»", "inn": "7707083893", "kpp": "773601001",
        "language": "ru", "owner": clients.staff.clerk.pk, "note": "утром",
    }  # fmt: skip
    # What only contracts need is folded, until something in it is wrong.
    assert '<details class="fold"><summary>Банк' in clerk.get(f"{page}edit/").content.decode()
    long = clerk.post(f"{page}edit/", {**typed, "bank": "Б" * 201}).content.decode()
    assert '<details class="fold" open><summary>Банк' in long
    wrong = clerk.post(f"{page}edit/", {**typed, "inn": "123"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["inn"]
    assert clerk.post(f"{page}edit/", typed).status_code == 302
    assert Client.objects.get(pk=clients.daisy.pk).note == "утром"
    people.grant_power(clients.staff.clerk, PowerKind.CLIENTS, by=None, at=AT)
    typed |= {"name": "Новый", "inn": "500100732259", "kpp": ""}
    done = clerk.post("/desk/clients/add/", typed)
    assert done["Location"] == f"/desk/clients/{Client.objects.latest('pk').pk}/"


def test_contacts_by_the_desk(clients: Clients) -> None:
    clerk = browser_of(clients.staff.user("clerk"))
    add = f"/desk/clients/{clients.daisy.pk}/contacts/add/"
    assert clerk.post(add, {"name": "Без входа"}).status_code == 302
    without = Contact.objects.latest("pk")
    assert without.user is None
    path = f"/desk/contacts/{without.pk}/"
    assert clerk.get(f"{path}edit/").status_code == 200
    assert clerk.post(f"{path}edit/", {"name": "Иначе"}).status_code == 302
    assert clerk.post(f"{path}access/", {"email": "no", "role": "sees"}).status_code == 422
    assert clerk.post(f"{path}access/", {"email": "w@x.example", "role": "sees"}).status_code == 302
    assert clerk.post(f"{path}access/", {"role": "edits"}).status_code == 302
    without.refresh_from_db()
    assert (without.name, without.role) == ("Иначе", RoomRole.EDITS)
    assert clerk.post(f"{path}hand-over/", {"to": clients.viewer.pk}).status_code == 302
    assert clerk.post(f"{path}export/").status_code == 403
    admin = browser_of(clients.staff.user("owner"))
    told = admin.post(f"{path}export/")
    assert json.loads(told.content)["name"] == "Иначе"
    assert admin.get(f"{path}erase/").status_code == 200
    assert clerk.get(f"{path}erase/").status_code == 403
    assert admin.post(f"{path}erase/", {"sure": "on"}).status_code == 302
    assert clerk.post(f"{path}remove/").status_code == 404
    assert clerk.post(f"/desk/contacts/{clients.viewer.pk}/remove/").status_code == 302


def test_the_list_is_searched_paged_and_costs_the_same(clients: Clients) -> None:
    clerk = browser_of(clients.staff.user("clerk"))
    clerk.get("/desk/clients/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/desk/clients/")
    for number in range(60):
        actions.add_client(
            {"name": f"ООО «Ёлка {number:02}»"}, owner=clients.staff.lawyer, by=None, at=AT
        )
    with CaptureQueriesContext(connection) as many:
        page = clerk.get("/desk/clients/")
    assert len(few) == len(many)
    assert (page.context["page"].first, page.context["page"].last) == (1, 50)
    second = clerk.get(f"/desk/clients/{page.context['page'].older}")
    assert (second.context["page"].first, second.context["page"].last) == (51, 62)
    found = clerk.get("/desk/clients/?q=ЕЛКА+07")
    assert [row.name for row in found.context["page"].rows] == ["ООО «Ёлка 07»"]
    by_number = clerk.get("/desk/clients/?q=7707083893")
    assert [row.pk for row in by_number.context["page"].rows] == [clients.daisy.pk]
    assert "есть ещё" not in by_number.content.decode()
    mine = clerk.get("/desk/clients/?mine=1")
    assert [row.pk for row in mine.context["page"].rows] == [clients.daisy.pk]


def test_one_client_page_costs_the_same_for_many_contacts(clients: Clients) -> None:
    clerk = browser_of(clients.staff.user("clerk"))
    page = f"/desk/clients/{clients.daisy.pk}/"
    clerk.get(page)
    with CaptureQueriesContext(connection) as few:
        clerk.get(page)
    for number in range(12):
        actions.add_contact(clients.daisy, f"n{number}", by=None, at=AT, phone=f"+7{number}")
    with CaptureQueriesContext(connection) as many:
        clerk.get(page)
    assert len(few) == len(many)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_room_owner_keeps_colleagues(clients: Clients, language: str) -> None:
    User.objects.update(language=language)
    owner, viewer = browser_of(clients.user("owner")), browser_of(clients.user("viewer"))
    assert "stranger" not in owner.get("/room/people/").content.decode()
    assert viewer.get("/room/people/").status_code == 200
    assert viewer.get("/room/people/invite/").status_code == 403
    assert owner.get("/room/people/invite/").status_code == 200
    typed = {"name": "Ирина", "email": "irina@x.example", "role": "signs"}
    assert viewer.post("/room/people/invite/", typed).status_code == 403
    assert owner.post("/room/people/invite/", {**typed, "email": ""}).status_code == 422
    assert owner.post("/room/people/invite/", typed).status_code == 302
    irina = Contact.objects.get(name="Ирина")
    assert owner.get(f"/room/people/{irina.pk}/role/").status_code == 200
    assert owner.post(f"/room/people/{irina.pk}/role/", {"role": "edits"}).status_code == 302
    assert viewer.post(f"/room/people/{irina.pk}/role/", {"role": "owner"}).status_code == 403
    own = f"/room/people/{clients.owner.pk}/"
    assert owner.post(f"{own}role/", {"role": "sees"}).status_code == 422
    assert viewer.get(f"/room/people/{clients.viewer.pk}/hand-over/").status_code == 200
    assert viewer.get(f"{own}hand-over/").status_code == 403
    handed = owner.post(f"{own}hand-over/", {"to": irina.pk})
    assert handed.status_code == 302
    asked = owner.get(f"/room/people/{irina.pk}/remove/").content.decode()
    assert f"/room/people/{irina.pk}/hand-over/" in asked, "one tap removes nobody"
    irina.refresh_from_db()
    assert irina.removed_at is None
    assert viewer.get(f"/room/people/{irina.pk}/remove/").status_code == 403
    assert owner.post(f"/room/people/{irina.pk}/remove/").status_code == 302
    irina.refresh_from_db()
    assert irina.removed_at is not None
    assert viewer.get("/room/profile/").status_code == 200
    assert json.loads(viewer.post("/room/profile/export/").content)["name"] == "viewer"


def test_one_stands_for_several_companies(clients: Clients) -> None:
    user = clients.user("owner")
    other = actions.invite_contact(clients.other, "owner", user.email, "sees", by=None, at=AT)
    browser = browser_of(user)
    assert "Ромашка" in browser.get("/room/people/").content.decode()
    assert browser.post(f"/room/company/{other.pk}/").status_code == 302
    assert browser.get("/room/people/").context["viewer"].client == clients.other
    assert browser.get("/room/people/invite/").status_code == 403


def test_who_leaves_the_room_reads_so_and_may_sign_out(clients: Clients) -> None:
    user = clients.user("owner")
    User.objects.filter(pk=user.pk).update(language="en")
    browser, leave = browser_of(user), f"/room/people/{clients.owner.pk}/remove/"
    assert "Leave this room" in browser.get("/room/people/").content.decode()
    refused = browser.post(leave, follow=True)
    assert refused.redirect_chain == [("/room/people/", 302)]
    assert "The room needs an owner" in refused.content.decode()
    actions.change_role(clients.editor, RoomRole.OWNER, by=None, at=AT)
    done = browser.post(leave, follow=True)
    assert (done.status_code, done.redirect_chain) == (200, [("/", 302)])
    said = done.content.decode()
    assert "You have left the room of Ромашка" in said
    assert "No room is open to you" in said and user.email in said
    assert 'action="/sign-out/"' in said
    for path in ("/", "/room/"):
        assert browser.get(path, follow=True).redirect_chain == (
            [("/", 302)] if path != "/" else []
        )
    assert browser.get("/room/people/").status_code == 404
    assert browser.post("/sign-out/").status_code == 302


def test_who_leaves_one_room_comes_to_the_other(clients: Clients) -> None:
    user = clients.user("editor")
    actions.invite_contact(clients.other, "Он же", user.email, "sees", by=None, at=AT)
    actions.change_role(clients.editor, RoomRole.OWNER, by=None, at=AT)
    done = browser_of(user).post(f"/room/people/{clients.editor.pk}/remove/", follow=True)
    assert done.redirect_chain == [("/", 302), ("/room/", 302)]
    assert "Вы покинули кабинет: Ромашка" in done.content.decode()
    assert "Чужая фирма" in done.content.decode()


@pytest.mark.parametrize("account", [("John Adams", ""), ("Джон Адамс", "John Adams")])
def test_a_name_typed_in_latin_stays(clients: Clients, account: tuple[str, str]) -> None:
    """In the room of another company too, whose people wrote it in Russian."""
    name, name_en = account
    first = actions.invite_contact(
        clients.daisy, name, "john@x.example", "sees", by=None, at=AT, name_en=name_en
    )
    second = actions.invite_contact(
        clients.other, "Джон Адамс", "john@x.example", "sees", by=None, at=AT
    )
    User.objects.filter(email="john@x.example").update(language="en")
    browser = browser_of(User.objects.get(email="john@x.example"))
    for contact in (first, second):
        browser.post(f"/room/company/{contact.pk}/")
        page = browser.get("/room/profile/").content.decode()
        assert "<h1>John Adams</h1>" in page
        assert "Dzhon" not in page


def test_a_name_that_is_too_long_is_answered_not_cut(clients: Clients) -> None:
    browser = browser_of(clients.user("owner"))
    page = browser.get("/room/people/invite/").content.decode()
    assert "maxlength" not in page
    long = "Я" * 201
    typed = {"name": long, "email": "new@x.example", "role": "sees"}
    answer = browser.post("/room/people/invite/", typed)
    assert answer.status_code == 422
    assert "200" in str(answer.context["form"].errors["name"])
    assert long in answer.content.decode()


def test_language_of_a_client_is_theirs(clients: Clients) -> None:
    browser = browser_of(clients.user("owner"))
    typed = {"language": "en", "zone": "Asia/Omsk"}
    assert browser.post("/room/profile/", typed).status_code == 302
    user = clients.user("owner")
    assert (user.language, user.zone) == ("en", "Asia/Omsk")
    entry = clients.daisy.stream.entries.latest("seq")
    assert (entry.kind, entry.audience) == ("people.profile_changed", "theirs")
    clerk = browser_of(clients.staff.user("clerk"))
    lines = clerk.get(f"/desk/clients/{clients.daisy.pk}/").context["lines"]
    assert entry.pk not in [line.entry.pk for line in lines]
