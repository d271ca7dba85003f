"""Every page there is, as everybody who may open it: readable, whole, in its reader's language."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from playwright.sync_api import Browser

from tests.support.addresses import Address, addresses
from tests.support.crawl import Crawl, is_read
from tests.support.fresh import FreshDatabase
from tests.support.site import Site, sample_home, started
from zabota.cases.actions import (
    Beyond,
    ask_to_explain,
    escalate_promise,
    go_beyond,
)
from zabota.cases.models import Deviation, Explanation, Holder
from zabota.clients.access import room_viewer
from zabota.clients.actions import invite_contact
from zabota.clients.models import Client, Contact
from zabota.common import clock
from zabota.contracts.actions import attach_file, comment
from zabota.contracts.actions.own_route import ask_colleague
from zabota.contracts.models import Change, Contract, ContractTemplate, Route, TemplateEdition
from zabota.journal.models import Entry
from zabota.people.access import StaffViewer
from zabota.people.actions import appoint_substitute, hire_employee, plan_absence
from zabota.people.models import Employee, Team, User
from zabota.tickets.models import Ticket

# Whoever stands for a kind of reader, by the beginning of their name.
STAFF = {
    "ru": {"administrator": "Елена Орлова", "lawyer": "Ольга Петрова", "manager": "Игорь Ким"},
    "en": {"administrator": "Elena Orlova", "lawyer": "Olga Petrova", "manager": "Igor Kim"},
}
OWNER = {"ru": "Анна Крылова", "en": "Anna Krylova"}
# What the administrator sees is all there is; others see what is theirs in another way.
OF = {
    "lawyer": r"desk/($|contracts/<id:pk>/($|submit|own)|stages|changes|forms/$|routes/$)",
    "manager": r"desk/($|contracts/$|contracts/new|contracts/<id:pk>/$|clients/$|profile/$)",
}
# What is not read in the browser: files, one's own picture, parts of pages that are asked live.
NO_PAGES = re.compile(
    r"\.docx$|\.pdf$|/word/$|/export/$|/files/|/live/$|calls/now/$|/looking/$|faces/|/qr/$|demo/|redline|as-client/word|sign-out"
)
TOKENS = re.compile(r"<str:token>|<slug:verb>|<str:day>|<str:digest>")
COLLEAGUE = "jurist@romashka.example"
# What things are found by is made of words, not typed.
TOKENS_IN = {
    "cases.Case.search",
    "clients.Client.search",
    "contracts.SearchText.words",
    "contracts.SearchWording.words",
    "tickets.ArticleEdition.words",
    "tickets.TicketWords.words",
}


def prepare(language: str) -> None:
    """What the sample firm does not show by itself: an absence, the client's own route."""
    at = clock.now()
    review = Contract.objects.get(case__client_number="77/2026")
    anna = Contact.objects.get(user__email="anna@romashka.example")
    assert anna.user is not None
    User.objects.filter(pk=anna.user.pk).update(language=language)
    viewer = room_viewer(anna.user, anna.pk)
    assert viewer is not None
    ask_colleague(review, "Пётр Юрьев", COLLEAGUE, by=viewer, at=at, role="юрист", asked="п. 3")
    lawyer = Employee.objects.select_related("user").get(user__email__startswith="lawyer@")
    comment(review, "Проверить ссылку", by=StaffViewer(lawyer.user, lawyer), at=at, audience="ours")
    go_too_far(at)
    name_at_length(review, "Щ" if language == "ru" else "W")
    other = Employee.objects.get(user__email__startswith="lawyer2@")
    director = Employee.objects.get(user__email__startswith="director@").user
    plan_absence(other, at + timedelta(days=3), at + timedelta(days=9), by=director, at=at)
    appoint_substitute(
        other, lawyer, at + timedelta(days=3), at + timedelta(days=9), by=director, at=at
    )


def go_too_far(at: datetime) -> None:
    """Something asked beyond the rules, three of a kind done, and a promise broken."""
    manager = Employee.objects.select_related("user").get(user__email__startswith="manager@")
    by = StaffViewer(manager.user, manager)
    ticket = Ticket.objects.select_related("case", "reply").order_by("pk")[0]
    for number in range(1, 4):
        done = Beyond("Замена", f"Причина {number}", Decimal(number), "RUB", "Везём замену")
        go_beyond(ticket.case, done, by=by, at=at)
    asked = Beyond("Ночной выезд", "Причина", Decimal(20_000), "RUB")
    go_beyond(ticket.case, asked, by=by, at=at)
    escalate_promise(ticket.reply, by=None, at=at)
    broken = Entry.objects.filter(kind="case.promise_escalated").order_by("-pk")[0]
    ask_to_explain(broken, by=None, at=at)


def name_at_length(contract: Contract, letter: str) -> None:
    """One of each that bears a name has one of two hundred letters without a space."""
    at, long = clock.now(), letter * 200
    director = Employee.objects.get(user__email__startswith="director@").user
    hire_employee("long@firm.example", long, by=director, at=at, position_ru=long[:120])
    client = contract.case.client
    guest = invite_contact(client, long, "long@romashka.example", "edits", by=director, at=at)
    assert guest.user is not None
    viewer = room_viewer(guest.user, guest.pk)
    assert viewer is not None
    comment(contract, long, by=viewer, at=at, audience="both")
    attach_file(contract, f"{long}.txt", b"1", "text/plain", by=viewer, at=at, audience="both")
    other = Client.objects.exclude(pk=client.pk).order_by("-pk")[:1].values("pk")
    Client.objects.filter(pk__in=list(other.values_list("pk", flat=True))).update(
        name=long, short_name=long
    )
    last = ContractTemplate.objects.order_by("-pk").values_list("pk", flat=True)[0]
    ContractTemplate.objects.filter(pk=last).update(title_ru=long, title_en=long)


def objects() -> dict[str, list[dict[str, object]]]:
    """What stands for every kind of thing, by the beginning of the addresses that speak of it."""
    review = Contract.objects.get(case__client_number="77/2026")
    states = dict(Contract.objects.values_list("case__state", "pk"))
    changed = Change.objects.filter(contract=review).values_list("pk", "clause")
    held = Holder.objects.filter(
        case=review.pk, rank_at__isnull=False, promise__stage__isnull=False
    )
    contact = Contact.objects.get(user__email="vera@romashka.example").pk
    steps = [
        {"pk": states[state], "clause": changed[0][1], "change_pk": changed[0][0]}
        for state in ("review", "draft", "agreed")
        if state in states
    ]
    return {
        "cases/": [{"pk": review.pk}],
        "tickets/<id:pk>/": [{"pk": Ticket.objects.order_by("pk")[0].pk}],
        "beyond/<id:pk>/": [{"pk": Deviation.objects.filter(state="asked").order_by("-pk")[0].pk}],
        "explanations/<id:pk>/": [{"pk": Explanation.objects.order_by("pk")[0].pk}],
        "contracts/<id:pk>/": [
            *({**step, "pk": review.pk} for step in steps[:1]),
            *(step for step in steps if step["pk"] != review.pk),
        ],
        "stages/": [{"pk": held.values_list("promise__stage", flat=True)[0]}],
        "changes/": [{"pk": changed[0][0]}],
        "forms/editions/": [{"pk": TemplateEdition.objects.filter(state="in_force")[0].pk}],
        "forms/<id:pk>/": [{"pk": ContractTemplate.objects.order_by("pk")[0].pk}],
        "routes/editions/": [{"pk": Route.objects.order_by("pk")[0].current_id}],
        "routes/<id:pk>/": [{"pk": Route.objects.order_by("pk")[0].pk}],
        "people/<id:pk>/": [{"pk": Employee.objects.get(user__email__startswith="lawyer2").pk}],
        "room/people/": [{"pk": contact}],
        "contacts/": [{"pk": contact}],
        "teams/": [{"pk": Team.objects.order_by("pk")[0].pk}],
        "clients/<id:pk>/": [{"pk": Client.objects.get(short_name__contains="Ромашка").pk}],
        "company/": [{"pk": Contact.objects.get(user__email="anna@romashka.example").pk}],
    }


def strings() -> list[str]:
    """Every string somebody typed or that came with a form; pages show them as they are."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("zabota."):
            continue
        for column in model._meta.get_fields():
            if isinstance(column, CharField | TextField) and str(column) not in TOKENS_IN:
                found.update(model.objects.values_list(column.name, flat=True).distinct())  # type: ignore[attr-defined]
            elif isinstance(column, JSONField) and column.name not in {"tree", "blocks", "facts"}:
                for value in model.objects.values_list(column.name, flat=True):  # type: ignore[attr-defined]
                    found.update(strings_of(value))
    return sorted(text for text in found if text and len(text) < 400)


def strings_of(value: Any) -> Iterator[str]:
    """All strings inside what was stored as JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings_of(inner)


def paths(address: Address, found: dict[str, list[dict[str, object]]]) -> Iterator[str]:
    """The address with everything that can stand in its places."""
    if NO_PAGES.search(address.route) or TOKENS.search(address.route):
        return
    if not address.places:
        yield address.path()
        return
    # A contract's own page looks different in each state; of the pages under it one will do.
    best = max((part for part in found if part in address.route), key=len, default=None)
    some = found[best] if best else []
    for values in some if address.route.endswith("contracts/<id:pk>/") else some[:1]:
        yield address.path(**values)


def read(home: Path, function: Any, *arguments: Any) -> Any:
    database = FreshDatabase("sqlite", f"sqlite://{home / 'zabota.sqlite3'}", home)
    return database.call(function, *arguments)


def everybody(site: Site, crawl: Crawl, found: dict[str, list[dict[str, object]]]) -> int:
    """Each kind of reader walks through all pages of theirs; says how many there were."""
    ours = {"": "", "staff": site.url, "room": site.room_url}
    count = 0
    staff = STAFF[crawl.language]
    for who, audience in [("nobody", ""), *((who, "staff") for who in staff), ("owner", "room")]:
        window = crawl.window()
        page = window.new_page()
        if audience:
            page.goto(site.link(staff.get(who, OWNER[crawl.language])))
        base = ours[audience] or site.url
        urls = []
        for address in addresses():
            if address.audience == audience and re.search(OF.get(who, ""), address.route):
                mine = [base + path for path in paths(address, found)]
                urls += mine if mine and is_read(page, mine[0]) else []
        count += len(list(crawl.visit(who, page, dict.fromkeys(urls))))
        window.close()
    return count


@pytest.mark.parametrize(("language", "scheme"), [("ru", "light"), ("en", "dark")])
def test_every_page(tmp_path: Path, browser: Browser, language: str, scheme: str) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home(language), home)
    read(home, prepare, language)
    crawl = Crawl(browser, language, scheme, read(home, strings))
    with started(home, language, tmp_path / "site.log") as site:
        count = everybody(site, crawl, read(home, objects))
        assert site.troubles() == []
    assert crawl.faults == [], "\n".join(dict.fromkeys(crawl.faults))
    assert count > 80
