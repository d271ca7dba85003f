"""A returned file is looked through: what nobody recorded in red, each change taken or left."""

import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.test_word_back import (
    BEGIN,
    END,
    NEW,
    OLD,
    TRACKED,
    bring,
    edited,
    hidden,
    setting,
    take,
    words,
)
from tests.contracts.worlds import AT, DAY
from zabota.contracts.actions import submit_contract
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Comment, Contract, Version
from zabota.contracts.models.drafts import WordReturn
from zabota.contracts.stored import nodes
from zabota.contracts.surgery import leave_as_before, move, remove
from zabota.home.world import World

WHITE = f'{END}<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>с белым текстом</w:t></w:r>{BEGIN}'
RED = "требует внимания"


def plain(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def second_change(data: bytes) -> tuple[str, str]:
    """Other words of another clause, changed without a record."""
    return ("Поставщик обязуется", "Поставщик не обязуется")


def choices(page: str) -> list[str]:
    return re.findall(r'name="(keep-\w+)" value="leave"', page)


def test_findings_stand_on_top_in_both_languages(world: World) -> None:
    _, browser, base, data = setting(world)
    address = bring(browser, base, edited(data, TRACKED, second_change(data)))
    page = browser.get(address).content.decode()
    assert RED in page and page.index(RED) < page.index("сильно")
    assert "Слова изменены без записи исправлений" in page
    link = re.search(r'<a href="#(c-\w+)">Пункт [\d.]+</a>: Слова', page)
    assert link and f'id="{link[1]}"' in page, "each finding leads to its clause"
    world.guests["anna"].user.language = "en"
    world.guests["anna"].user.save()
    english = plain(browser.get(address).content.decode())
    assert "place to look at in the Word file" in english
    assert "Words changed without a record" in english and "Leave as it was" in english


def test_hidden_words_are_named_as_such(world: World) -> None:
    _, browser, base, data = setting(world)
    address = bring(browser, base, edited(data, (OLD, f"не{WHITE} позже")))
    assert "Текст цвета фона" in browser.get(address).content.decode()


def test_the_client_sees_findings_before_sending_and_ours_after(world: World) -> None:
    contract, browser, base, data = setting(world)
    take(browser, bring(browser, base, edited(data, TRACKED, second_change(data))))
    desk = browser_of(world, "manager")
    ours = f"/desk/contracts/{contract.pk}/"
    assert RED in browser.get(f"{base}/").content.decode()
    for address in (ours, f"{ours}as-client/"):
        page = desk.get(address).content.decode()
        assert RED not in page and "Романов" not in page, "what is not sent is theirs alone"
    send(world, contract)
    row = WordReturn.objects.get(contract=contract)
    assert row.version == Version.objects.filter(contract=contract).latest("number")
    page = desk.get(ours).content.decode()
    assert RED in page and "Юрист Романов" in page
    assert page.index(RED) < page.index('id="decision"'), "above the decision"
    assert RED not in browser.get(f"{base}/").content.decode()
    assert RED not in desk.get(f"{ours}as-client/").content.decode()


def send(world: World, contract: Contract) -> None:
    work = open_draft(contract, "theirs")
    assert work is not None
    work.draft.reasons = {node["id"]: "Просим" for node in nodes(work.draft.tree)}
    work.draft.save()
    submit_contract(contract, by=world.as_guest("anna"), at=AT + 2 * DAY)


def test_a_new_draft_forgets_the_file_of_an_older_one(world: World) -> None:
    contract, browser, base, data = setting(world)
    take(browser, bring(browser, base, edited(data, second_change(data))))
    WordReturn.objects.update(base=None)
    assert RED not in browser.get(f"{base}/").content.decode()
    send(world, contract)
    assert WordReturn.objects.get().version is None


def test_each_change_is_taken_or_left(world: World) -> None:
    contract, browser, base, data = setting(world)
    file = edited(data, (OLD, NEW), second_change(data))
    address = bring(browser, base, file)
    page = browser.get(address).content.decode()
    first, second = choices(page)
    _, page = take(browser, address, **{first: "leave"})
    work = open_draft(contract, "theirs")
    assert work is not None
    assert set(work.clauses) == {second.removeprefix("keep-")}
    assert (NEW in words(contract)) != ("не обязуется" in words(contract))


def test_take_all_takes_what_was_left_too(world: World) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, edited(data, (OLD, NEW), second_change(data)))
    page = browser.get(address).content.decode()
    left = dict.fromkeys(choices(page), "leave")
    browser.post(address, {**hidden(page), **left, "verb": "take_all"})
    assert NEW in words(contract) and "не обязуется" in words(contract)


def test_choices_survive_a_refusal(world: World) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, edited(data, (OLD, NEW), second_change(data)))
    page = browser.get(address).content.decode()
    first, second = choices(page)
    answer = browser.post(
        address, {"seen": "stale", first: "leave", "comments": "both", "verb": "take"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(rf'name="{first}" value="leave" checked', page)
    assert re.search(rf'name="{second}" value="take" checked', page)
    assert NEW not in words(contract)


def test_a_value_of_a_clause_left_stays(world: World) -> None:
    contract, browser, base, data = setting(world)
    subject = contract.version.values["subject"]
    address = bring(browser, base, edited(data, (f">{subject}<", ">насосы ручные<")))
    page = browser.get(address).content.decode()
    take(browser, address, **dict.fromkeys(choices(page), "leave"))
    work = open_draft(contract, "theirs")
    assert work is not None and work.draft.values["subject"] == subject


def commented(data: bytes) -> bytes:
    """The file with a comment of Word on the changed words."""
    start, end = '<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>'
    ref = '<w:r><w:commentReference w:id="7"/></w:r>'
    data = edited(data, (OLD, f"{END}{start}{BEGIN}{OLD}{END}{end}{ref}{BEGIN}"))
    part = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="7" w:author="Юрист Романов" w:date="2026-11-17T10:00:00Z"><w:p><w:r>'
        "<w:t>Проверить с логистами</w:t></w:r></w:p></w:comment></w:comments>"
    )
    return with_part(data, "comments", part)


def with_part(data: bytes, kind: str, part: str) -> bytes:
    links, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == links:
                link = (
                    f'<Relationship Id="zz{kind}" Type="http://schemas.openxmlformats.org/officeDocument/'
                    f'2006/relationships/{kind}" Target="{kind}.xml"/></Relationships>'
                )
                text = text.replace(b"</Relationships>", link.encode())
            if name == types:
                told = (
                    f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxml'
                    f'formats-officedocument.wordprocessingml.{kind}+xml"/></Types>'
                )
                text = text.replace(b"</Types>", told.encode())
            target.writestr(name, text)
        target.writestr(f"word/{kind}.xml", part)
    return out.getvalue()


@pytest.mark.parametrize(("chosen", "audience"), [("own", "theirs"), ("both", "both")])
def test_comments_of_word_stand_beside_their_clause(
    world: World, chosen: str, audience: str
) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, commented(data))
    page = browser.get(address).content.decode()
    assert "Проверить с логистами" in page and "Кому видны эти примечания?" in page
    take(browser, address, comments=chosen)
    row = Comment.objects.get(contract=contract, author="Юрист Романов")
    assert (row.audience, row.text, row.quote) == (audience, "Проверить с логистами", OLD)
    assert row.clause and row.authored_at is not None
    assert "Проверить с логистами" in browser.get(f"{base}/").content.decode()
    desk = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert ("Проверить с логистами" in desk) is (audience == "both")
    take(browser, bring(browser, base, commented(data)), comments=chosen)
    assert Comment.objects.filter(contract=contract, author="Юрист Романов").count() == 1


def test_comments_that_ours_bring_stay_ours(world: World) -> None:
    contract, browser, base, data = setting(world, "desk")
    take(browser, bring(browser, base, edited(commented(data), second_change(data))))
    row = Comment.objects.get(contract=contract, author="Юрист Романов")
    assert row.audience == "ours"
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert "Проверить с логистами" not in room
    told = WordReturn.objects.get(contract=contract)
    assert told.version is not None and told.side == "theirs"
    assert RED in browser.get(f"/desk/contracts/{contract.pk}/").content.decode()


def test_a_mailed_file_may_be_taken_in_part(world: World) -> None:
    contract, browser, base, data = setting(world, "desk")
    address = bring(browser, base, edited(data, (OLD, NEW), second_change(data)))
    first, second = choices(browser.get(address).content.decode())
    take(browser, address, **{first: "leave"})
    last = Version.objects.filter(contract=contract).latest("number")
    changed = Change.objects.filter(version=last).values_list("clause", flat=True)
    assert list(changed) == [second.removeprefix("keep-")]


def test_cost_does_not_grow_with_findings(world: World) -> None:
    contract, browser, base, data = setting(world)
    take(browser, bring(browser, base, edited(data, TRACKED, second_change(data))))
    row = WordReturn.objects.get(contract=contract)
    address = f"{base}/"
    browser.get(address)
    few = count_queries(browser, address)
    row.findings = row.findings * 20
    row.save()
    assert count_queries(browser, address) == few


def count_queries(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


def leaf(name: str) -> dict[str, Any]:
    return {"id": name, "w": f"w-{name}", "c": "general"}


def ids(tree: dict[str, Any]) -> list[tuple[str, str]]:
    return [(node["id"], node["w"]) for node in nodes(tree)]


BASE = {
    "clauses": [
        {**leaf("a"), "ch": [leaf("b"), leaf("c"), {**leaf("d"), "ch": [leaf("e"), leaf("f")]}]},
        {**leaf("g"), "ch": [leaf("h")]},
        leaf("i"),
    ]
}
NAMES = list("abcdefghi")


@given(
    st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
    st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
    st.sampled_from(["", *"bcefhi"]),
)
@settings(max_examples=200, deadline=None)
def test_leaving_everything_is_the_text_as_it_was(
    gone: list[str], reworded: list[str], moved: str
) -> None:
    """Whatever was deleted, added, moved and reworded: all of it left is the text before, none of
    it left the text proposed."""
    there = {name for name, _ in ids(BASE)}
    tree: dict[str, Any] = BASE
    if moved:
        tree = move(tree, moved, 1)
    for name in gone:
        if any(node["id"] == name for node in nodes(tree)):
            tree = remove(tree, name)
    tree = {"clauses": [*tree["clauses"], leaf("new")]}
    for node in nodes(tree):
        if node["id"] in reworded:
            node["w"] = "other"
    proposed = ids(tree)
    assert ids(leave_as_before(tree, BASE, ())) == proposed
    back = leave_as_before(tree, BASE, there | {"new"}, set(moved))
    assert dict(ids(back)) == dict(ids(BASE))
    assert "new" not in dict(ids(back))
