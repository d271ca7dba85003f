"""Who comes to an address without a right to it finds nothing there."""

import shutil
from pathlib import Path

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.support.addresses import Address, addresses
from tests.support.each import each
from tests.support.fresh import FreshDatabase
from tests.support.site import sample_home
from zabota.clients.models import Client, Contact
from zabota.journal.actions import open_stream
from zabota.people.actions.firm import found_firm
from zabota.people.models import Employee, Firm, User

ADDRESSES = addresses()
# Open to everybody, by the beginning of the address, each for its reason.
PUBLIC = {
    "sign-in/": "where staff sign in",
    "room/sign-in/": "where clients sign in",
    "sign-out/": "signing out twice does no harm",
    "room/look/": "a link of the client's own route; without its token there is nothing",
    "faces/": "asks for a sign-in itself; a face is behind its digest",
    "language/": "chooses the language of the sign-in page",
    "demo/": "one-click ways into the sample firm; absent without a demo's key",
    "check/": "whether a text was signed, for whoever has the text; nothing else is told",
    "ask/": "the form on the firm's site; without its key there is nothing",
    "calls/": "what a telephone exchange tells; without its key there is nothing",
    "bots/": "what the server of a bot tells; without our secret there is nothing",
    "chat/": "the chat on the firm's site; without its key, and a conversation's, there is nothing",
    "with/": "where a client's recommendation leads; without its signed link there is nothing",
    "g/": "a gift by its code, which nobody guesses; wrong codes are counted",
    "gifts/": "a gift by the link of a letter; without it there is nothing",
    "thanks/": "thanks to a buyer by the link of a letter; without it there is nothing",
    "thank/": "a client thanks by the link of a letter; without it there is nothing",
    "mentions/": "what a program tells of mentions; without its signature there is nothing",
    "health/": "says that the site answers",
}
# Of the room, the same for all clients: nothing of another client can be in them.
SHARED = ("room/forms/",)
NUMBERS = range(1, 16)
REFUSALS = {401, 403, 404, 405}

each_address = each(ADDRESSES, lambda address: address.route)


def is_public(address: Address) -> bool:
    return address.route.startswith(tuple(PUBLIC)) or address.route == ""


@pytest.fixture
def firm(db: None) -> Firm:
    return found_firm(
        "Полюс", "o@firm.example", "Ольга Петрова", "весёлый-Ёжик-48", by=None, at=timezone.now()
    )


@each_address
def test_every_page_says_whose_it_is(address: Address) -> None:
    """The one access decorator stands on each page that is not public."""
    if not is_public(address):
        assert address.audience in {"staff", "room", "program"}, (
            f"{address.route} has no access decorator"
        )


def test_anonymous_is_refused(firm: Firm) -> None:
    asked = [address for address in ADDRESSES if not is_public(address)]
    found = []
    for path in [address.path() for address in asked]:
        for answer in (Browser().get(path), Browser().post(path)):
            signs_in = answer.status_code == 302 and "sign-in" in answer.headers["Location"]
            if not signs_in and answer.status_code not in REFUSALS:
                found.append(f"{path} answered {answer.status_code} to nobody in particular")
    assert asked and not found, "\n".join(found)


def a_stranger() -> User:
    """The contact of a company we do nothing for."""
    now = timezone.now()
    user = User.objects.create(email="stranger@elsewhere.example", name="Чужой", made_at=now)
    client = Client.objects.create(
        name="ООО «Посторонний»",
        owner=Employee.objects.order_by("pk")[0],
        stream=open_stream(),
        made_at=now,
    )
    Contact.objects.create(client=client, user=user, name=user.name, role="owner", made_at=now)
    return user


def what_a_stranger_finds() -> list[str]:
    """Walks every address of the room, with every number there is, signed in as the stranger."""
    browser = Browser()
    stranger = a_stranger()
    browser.force_login(stranger)
    # What is the stranger's own is no find: their contact among their colleagues, their company.
    own = f"/{stranger.contacts.get().pk}/"
    found = []
    for address in addresses():
        if not address.numbered or address.route.startswith((*PUBLIC, *SHARED)):
            continue
        numbers = NUMBERS if len(address.numbered) == 1 else NUMBERS[:5]
        for path in address.paths(numbers):
            if own in path and path.startswith(("/room/people/", "/room/company/")):
                continue
            for answer in (browser.get(path), browser.post(path)):
                if answer.status_code not in {404, 405}:
                    found.append(f"{path}: {answer.status_code}")
    return found


@pytest.mark.story
def test_a_stranger_finds_nothing(tmp_path: Path) -> None:
    """Neither a contract of another client nor a page of ours answers to the stranger."""
    home = tmp_path / "home"
    shutil.copytree(sample_home("ru"), home)
    database = FreshDatabase("sqlite", f"sqlite://{home / 'zabota.sqlite3'}", home)
    assert len(ADDRESSES) > 100
    assert database.call(what_a_stranger_finds) == []
