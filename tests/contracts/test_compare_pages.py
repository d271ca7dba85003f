"""Versions and their comparison: who reads which text, in line, side by side, in print."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of, returned_supply, sent_supply
from tests.contracts.worlds import AT, DAY, resent
from zabota.contracts.actions import submit_contract
from zabota.contracts.models import Version
from zabota.home.world import World, begin, reword


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(("who", "side"), [("anna", "room"), ("manager", "desk")])
def test_versions_are_listed_and_compared(world: World, who: str, side: str) -> None:
    returned = returned_supply(world)
    browser = browser_of(world, who)
    base = f"/{side}/contracts/{returned.pk}"
    page = browser.get(f"{base}/versions/").content.decode()
    assert "Редакция 1" in page and f"{base}/compare/?a=0&amp;b=1" in page
    line = browser.get(f"{base}/compare/?a=0&b=1").content.decode()
    assert "<del>позднее</del>" in line and "<ins>позже</ins>" in line
    assert re.search(r"Ещё \d+ пункт(ов|а)? без изменений", line)
    beside = browser.get(f"{base}/compare/?a=0&b=1&view=beside").content.decode()
    assert 'class="beside"' in beside and "<ins>позже</ins>" in beside
    for side_of_it in ("old", "new"):
        cell = re.search(rf'class="{side_of_it}"[^>]*><span class="n">3.3</span>', beside)
        assert cell is not None, side_of_it
    paper = browser.get(f"{base}/compare/?a=0&b=1&view=print")
    assert paper.headers["Content-Type"] == "application/pdf" and paper.content[:4] == b"%PDF"
    assert paper.headers["Cache-Control"] == "private, no-store"


def test_a_draft_is_read_by_its_side_alone(world: World) -> None:
    by, returned = world.as_guest("anna"), returned_supply(world)
    reword(returned, "3.3", lambda text: text + " Тайная правка.", by=by, at=AT + DAY)
    version = returned.version.number
    tail = f"compare/?a={version}&b=draft"
    theirs = browser_of(world, "anna").get(f"/room/contracts/{returned.pk}/{tail}")
    assert "Тайная правка" in text_of(theirs.content.decode())
    ours = browser_of(world, "manager").get(f"/desk/contracts/{returned.pk}/{tail}")
    assert ours.status_code == 404
    assert (
        b"draft"
        not in browser_of(world, "manager").get(f"/desk/contracts/{returned.pk}/versions/").content
    )


@pytest.mark.parametrize(("who", "side"), [("anna", "room"), ("manager", "desk")])
def test_what_is_not_picked_is_the_latest(world: World, who: str, side: str) -> None:
    sent, browser = sent_supply(world), browser_of(world, who)
    address = f"/{side}/contracts/{sent.pk}/compare/"
    only = browser.get(address)
    assert (only.context["a"], only.context["b"]) == ("0", "1")
    first = Version.objects.get(contract=sent)
    Version.objects.create(
        contract=sent, number=2, tree=first.tree, values=first.values, side="theirs",
        origin="edit", made_by=first.made_by, made_at=AT + DAY,
    )  # fmt: skip
    both = browser.get(address)
    assert (both.context["a"], both.context["b"]) == ("1", "2")
    assert browser_of(world, "alien").get(address).status_code == 404


def test_before_anything_is_sent_the_draft_stands_beside_the_form(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/compare/")
    assert (page.context["a"], page.context["b"]) == ("0", "draft")
    ours = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/compare/")
    assert ours.status_code == 404


def test_what_is_not_there_is_not_found(world: World) -> None:
    browser, sent = browser_of(world, "anna"), sent_supply(world)
    for query in ("a=0", "b=1", "a=0&b=99", "a=0&b=-1", "a=0&b=²", "a=1&b=0&view=odd", "a=x&b=1"):
        assert browser.get(f"/room/contracts/{sent.pk}/compare/?{query}").status_code == 404, query


@pytest.mark.parametrize(
    "tail",
    [
        "versions/", "compare/?a=0&b=1", "compare.docx?a=0&b=1", "text.docx", "text.pdf",
        "approval-sheet/", "approval-sheet.pdf", "dossier/", "word/", "own/",
    ],
)  # fmt: skip
def test_a_stranger_finds_nothing(world: World, tail: str) -> None:
    sent = sent_supply(world)
    assert browser_of(world, "alien").get(f"/room/contracts/{sent.pk}/{tail}").status_code == 404
    assert browser_of(world, "alien").get(f"/desk/contracts/{sent.pk}/{tail}").status_code == 404
    assert browser_of(world, "vera").get(f"/desk/contracts/{sent.pk}/{tail}").status_code == 404


def test_many_versions_take_no_more_queries(world: World) -> None:
    browser, returned = browser_of(world, "anna"), returned_supply(world)
    address = f"/room/contracts/{returned.pk}/versions/"
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    submit_contract(returned, by=world.as_guest("anna"), at=AT + DAY)
    last = Version.objects.filter(contract=returned).latest("number")
    Version.objects.bulk_create(
        Version(
            contract=returned, number=last.number + step, tree=last.tree, values=last.values,
            side="theirs", made_by=last.made_by, made_at=AT,
        )
        for step in range(1, 40)
    )  # fmt: skip
    browser.get(address)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)


@pytest.mark.parametrize("view", ["line", "beside"])
def test_a_wide_table_scrolls_by_itself(world: World, view: str) -> None:
    contract = resent(world, returned_supply(world), "anna", AT + DAY, "3.3")
    path = f"/desk/contracts/{contract.pk}/compare/?a=1&b=2&view={view}"
    page = browser_of(world, "manager").get(path).content.decode()
    tables = page.count('<table class="borders')
    assert tables > 0
    assert page.count('tabindex="0" aria-label="Таблица пункта"><table class="borders') == tables
