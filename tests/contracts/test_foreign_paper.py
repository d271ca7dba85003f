"""On the client's paper: a foreign Word file becomes the text, beside our nearest form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tests.contracts.browsers import browser_of
from tests.contracts.docx.making import docx, p
from tests.contracts.worlds import (
    AT,
    HOUR,
    approve,
    fresh_contract,
    open_now,
    route,
    sent,
    stage,
    step,
)
from tests.contracts.worlds import person as seat_of
from zabota.cases.models import Case
from zabota.clients.models import Contact
from zabota.contracts.actions import save_clause, save_route, share_contract, submit_contract
from zabota.contracts.actions.foreign import NoFormYet, start_on_client_paper
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx_words import _REFUSALS, refusal_words
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import (
    Change,
    Contract,
    Draft,
    EditionState,
    Route,
    TemplateEdition,
)
from zabota.contracts.reading.lists import read_contracts
from zabota.contracts.stored import flat, load_texts, nodes
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.words import blocks_text
from zabota.home.world import World

PAPER = "/room/contracts/new/paper/"


def lines_of(edition: TemplateEdition) -> list[str]:
    """A form as somebody else would type it: numbers by hand, values instead of fields."""
    (text,) = load_texts(edition.tree)
    shown = numbers(text.document)
    found = []
    for clause, _ in flat(text.document):
        words = blocks_text(clause.blocks, shown).replace("{{", "").replace("}}", "")
        number = plain_number(shown.get(clause.id, ""))
        found.append(f"{number}. {words}" if number else words)
    return found


def paper(edition: TemplateEdition, added: str = "") -> bytes:
    """A file of such a text, with other words in places, and one clause of theirs at the end."""
    lines = [line.replace("не позднее", "не позже") for line in lines_of(edition)]
    body = "".join(p(line) for text in lines for line in text.split("\n"))
    return docx(body + p(added or "16. Стороны договорились о дирижаблях."))


def tracked(words: str = "вставлено") -> bytes:
    change = f'<w:ins w:id="1" w:author="Анна"><w:r><w:t>{words}</w:t></w:r></w:ins>'
    return docx(p("1. Предмет договора поставки.") + f"<w:p>{change}</w:p>")


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("договор.docx", data)


def started(world: World, data: bytes | None = None) -> Contract:
    by = world.as_guest("anna")
    contract = start_on_client_paper(
        by.client, data or paper(world.forms["supply-ru"]), by=by, at=AT, client_number="77-Р"
    )
    return Contract.objects.select_related("edition__template", "edition__route", "case").get(
        pk=contract.pk
    )


def test_the_text_is_theirs_as_it_is_and_its_clauses_are_those_of_our_form(world: World) -> None:
    form, contract = world.forms["supply-ru"], started(world)
    assert contract.foreign_paper
    assert contract.source is not None
    assert (contract.case.state, contract.case.client_number) == ("draft", "77-Р")
    assert contract.edition.kept["nearest"]["edition"] == form.pk
    assert contract.edition.kept["nearest"]["likeness"] > 0.8
    draft = Draft.objects.get(contract=contract)
    assert (draft.side, draft.base) == ("theirs", None)
    ours = {node["id"]: node["c"] for node in nodes(form.tree)}
    theirs = {node["id"]: node["c"] for node in nodes(draft.tree)}
    same = ours.keys() & theirs.keys()
    assert len(same) > len(ours) / 2
    assert all(theirs[clause] == ours[clause] for clause in same)
    assert not any(node.get("l") for node in nodes(draft.tree))
    (text,) = load_texts(draft.tree)
    assert any("дирижаблях" in blocks_text(clause.blocks) for clause, _ in flat(text.document))


def test_nobody_else_begins_from_their_text(world: World) -> None:
    contract = started(world)
    template = contract.edition.template
    assert (template.foreign, template.offered) == (True, False)
    assert contract.edition.state == EditionState.WITHDRAWN
    again = started(world)
    assert again.edition.template == template
    assert again.edition.number == contract.edition.number + 1
    browser = browser_of(world, "john")
    answer = browser.post("/room/contracts/new/", {"form": contract.edition_id})
    assert answer.status_code == 404
    assert not [
        o for o in browser.get("/room/contracts/new/").context["ways"].offers if "paper" in o.title
    ]


def test_it_goes_the_route_of_the_nearest_form_and_is_found_by_its_words(world: World) -> None:
    Route.objects.update(for_papers=False)
    contract = started(world)
    assert contract.edition.route == world.forms["supply-ru"].route
    submit_contract(contract, by=world.as_guest("anna"), at=AT)
    assert open_now(contract) == {"manager"}
    assert not Change.objects.filter(contract=contract).exists()
    shown = read_contracts(world.as_staff("lawyer"), {"q": "дирижабли"}, world.firm, at=AT)
    assert [row.pk for row in shown.rows] == [contract.pk]
    page = browser_of(world, "manager").get("/desk/").content.decode()
    assert "/approve/" not in page.split("today-list")[1]
    approve(world, contract, "manager", "manager")
    assert stage(contract, "legal").promise.state == "running"


def test_where_there_is_a_route_for_such_papers_it_is_taken(world: World) -> None:
    spec = {
        "no_self_approval": True,
        "stages": [step("jurist", "legal", [seat_of(world, "lawyer")])],
    }
    edition = save_route("foreign", spec, by=None, at=AT, names=("Чужая бумага", "Foreign paper"))
    assert started(world).edition.route == edition.route
    route(world, step("x", "general", [seat_of(world, "manager")]), form="nda-ru")


def test_what_they_change_later_is_compared_with_what_they_sent_first(world: World) -> None:
    contract, by = started(world), world.as_guest("anna")
    work = open_draft(contract, "theirs")
    assert work is not None
    node = next(n for n in nodes(work.tree) if "дирижаблях" in str(work.wordings[n["w"]]))
    texts = plain_parts(blocks_from_json(work.wordings[node["w"]]))
    save_clause(contract, node["id"], {k: f"{t} Много." for k, t in texts.items()}, by=by, at=AT)
    submit_contract(contract, by=by, at=AT)
    assert [change.clause for change in Change.objects.filter(contract=contract)] == [node["id"]]


def test_an_english_text_is_nearest_to_an_english_form(world: World) -> None:
    contract = started(world, paper(world.forms["supply-en"], "99. Airships."))
    assert contract.edition.kept["nearest"]["edition"] == world.forms["supply-en"].pk
    assert contract.edition.template.language == "en"


def test_without_a_form_there_is_nothing_to_compare_with(world: World) -> None:
    data = paper(world.forms["nda-ru"])
    TemplateEdition.objects.update(state="withdrawn", withdrawn_at=AT)
    with pytest.raises(NoFormYet):
        started(world, data)
    answer = browser_of(world, "anna").post(PAPER, {"file": file(data)})
    assert answer.status_code == 422
    assert "Пока нет действующей формы" in answer.content.decode()


def test_a_file_is_taken_through_the_room_and_through_the_desk(world: World) -> None:
    data = paper(world.forms["nda-ru"])
    answer = browser_of(world, "anna").post(PAPER, {"file": file(data), "client_number": "12"})
    theirs = fresh_contract(Contract.objects.latest("pk"))
    assert answer["Location"] == f"/room/contracts/{theirs.pk}/"
    assert theirs.case.client_number == "12"
    path = f"/desk/contracts/new/paper/?client={world.clients['romashka'].pk}"
    answer = browser_of(world, "manager").post(
        path, {"file": file(data), "owner": world.staff["lawyer"].pk}
    )
    ours = fresh_contract(Contract.objects.latest("pk"))
    assert answer["Location"] == f"/desk/contracts/{ours.pk}/"
    assert (ours.case.state, ours.case.owner) == ("preparing", world.staff["lawyer"])


@pytest.mark.parametrize(("answer", "stays"), [("accept", True), ("reject", False)])
def test_tracked_changes_are_asked_about_and_the_file_is_not_lost(
    world: World, answer: str, stays: bool
) -> None:
    browser = browser_of(world, "anna")
    asked = browser.post(PAPER, {"file": file(tracked("дирижабль")), "client_number": "12"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Принять их или отклонить?" in page
    assert "Анна" in page
    assert 'value="12"' in page
    kept = asked.context["form"]["kept"].value()
    again = browser.post(PAPER, {"kept": kept, "client_number": "12"})
    assert again.status_code == 422
    done = browser.post(PAPER, {"kept": kept, "client_number": "12", "revisions": answer})
    assert done.status_code == 302
    (text,) = load_texts(Draft.objects.get().tree)
    words = " ".join(blocks_text(clause.blocks) for clause, _ in flat(text.document))
    assert ("дирижабль" in words) == stays


def test_a_kept_file_is_its_senders_alone(world: World) -> None:
    asked = browser_of(world, "anna").post(PAPER, {"file": file(tracked())})
    kept = asked.context["form"]["kept"].value()
    for stolen in (kept, f"{kept}x", "x"):
        answer = browser_of(world, "john").post(PAPER, {"kept": stolen, "revisions": "accept"})
        assert answer.status_code == 422
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Файл пуст."),
        (b"hello", "Это не файл Word (.docx)."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600, "старый файл Word"),
        (docx(p("1. Текст."), extra={"word/vbaProject.bin": b"x"}), "макросы"),
        (docx(p("1. Текст."))[:-200], "Файл повреждён"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(world: World, data: bytes, words: str) -> None:
    answer = browser_of(world, "anna").post(PAPER, {"file": file(data), "client_number": "12"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="12"' in answer.content.decode()
    assert not Contract.objects.exists()


def test_nothing_was_chosen(world: World) -> None:
    answer = browser_of(world, "anna").post(PAPER, {})
    assert answer.status_code == 422
    assert "Выберите файл" in answer.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("code", [*_REFUSALS, "something_new"])
def test_every_refusal_has_words(code: str, language: str) -> None:
    params = {"size": 3_000_000, "limit": 2, "count": 5, "part": "word/x.xml", "ratio": 300}
    with translation.override(language):
        words = refusal_words(Refused(code, **params, authors=["Анна"]))
    assert words
    assert "%(" not in words
    assert ("А" <= words[0] <= "я" or words[0] == "«") == (language == "ru")


def test_who_only_sees_sends_no_papers_and_strangers_find_none(world: World) -> None:
    Contact.objects.filter(pk=world.guests["anna"].pk).update(role="sees")
    data = paper(world.forms["nda-ru"])
    assert browser_of(world, "anna").post(PAPER, {"file": file(data)}).status_code == 403
    assert browser_of(world, "manager").get(PAPER).status_code == 404
    for query in ("", "?client=999999", "?client=x"):
        path = f"/desk/contracts/new/paper/{query}"
        assert browser_of(world, "manager").get(path).status_code == 404
    assert sent(world, "supply-en", "john").foreign_paper is False


def test_it_is_not_repeated_and_the_page_says_why(world: World) -> None:
    words = "Договор на тексте клиента здесь не повторить"
    browser = browser_of(world, "anna")
    assert words not in browser.get("/room/contracts/new/").content.decode()
    contract = started(world)
    submit_contract(contract, by=world.as_guest("anna"), at=AT)
    Case.objects.filter(pk=contract.pk).update(state="agreed")
    page = browser.get("/room/contracts/new/")
    assert page.context["ways"].like == []
    assert words in page.content.decode()


def test_before_they_send_it_ours_read_none_of_it(world: World) -> None:
    contract = started(world)
    address = f"/desk/contracts/{contract.pk}/"
    for who in ("manager", "lawyer", "director"):
        desk = browser_of(world, who)
        for path in ("", "as-client/", "dossier/", "versions/", "check/", "compare/"):
            page = desk.get(f"{address}{path}").text
            assert "дирижабл" not in page, (who, path)
            assert "сходство" not in page, (who, path)
        for path in ("text.pdf", "text.docx", "text.docx?version=0"):
            assert desk.get(f"{address}{path}").status_code == 404, path
    room = browser_of(world, "anna")
    assert "дирижабл" in room.get(f"/room/contracts/{contract.pk}/").text
    assert room.get(f"/room/contracts/{contract.pk}/text.docx").status_code == 200
    submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    desk = browser_of(world, "lawyer")
    assert "дирижабл" in desk.get(address).text
    assert desk.get(f"{address}text.docx").status_code == 200


def test_what_ours_brought_ours_read(world: World) -> None:
    by = world.as_staff("manager")
    client = world.clients["romashka"]
    data = paper(world.forms["supply-ru"])
    contract = start_on_client_paper(client, data, by=by, at=AT)
    share_contract(contract, by=by, at=AT)
    assert "дирижабл" in browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").text


def test_the_page_before_sending_calls_their_text_theirs(world: World) -> None:
    contract = started(world)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/submit/").content.decode()
    assert "Ваш текст, каким он пришёл в файле" in page
    assert "Текст по нашей форме" not in page and "Отступлений от формы нет" not in page
