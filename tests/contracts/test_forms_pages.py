"""Forms on the desk: who sees and who changes, uploading, directions and fields, in force."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.contracts.browsers import Visit, browser_of, visit
from tests.contracts.docx.making import docx, p
from tests.contracts.test_import_form import CARD, FIRST, SECOND, told, words
from tests.contracts.worlds import AT
from zabota.contracts import docx_words
from zabota.contracts.actions import add_form, open_template
from zabota.contracts.desk.forms_words import faults_of, remark_words
from zabota.contracts.docx import guard
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.forms.editions import stored_attributes, with_sections
from zabota.contracts.models import ContractTemplate, TemplateEdition
from zabota.contracts.stored import Attributes
from zabota.home.world import World

__all__ = ["visit"]
pytestmark = pytest.mark.urls("tests.contracts.forms_urls")
PARAMS: dict[str, Any] = {
    "size": 10**6,
    "limit": 10**7,
    "count": 3,
    "ratio": 900,
    "part": "word/x.xml",
    "encoding": "utf-7",
    "kind": "image",
    "target": "http://e/",
    "field": "LINK",
    "authors": ["Anna"],
    "token": "a: b",
    "type": "b",
    "name": "a",
    "format": "hex",
}
REMARKS = (
    *("field_syntax", "field_type", "field_choices", "field_conflict", "hidden_text"),
    *("field_party", "field_in_kept"),
    *("words_under_merge", "contents", "comments", "number_format", "header_or_footer"),
)
READ = ("", "{form}/", "editions/{edition}/", "editions/{edition}/as-client/")
CHANGE = (
    "new/",
    "{form}/card/",
    "{form}/upload/",
    "editions/{edition}/in-force/",
    "editions/{edition}/withdraw/",
)


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("форма.docx", data)


def address(world: World, path: str) -> str:
    edition = world.forms["nda-ru"]
    return "/desk/forms/" + path.format(form=edition.template_id, edition=edition.pk)


def draft(world: World) -> TemplateEdition:
    return add_form(words(FIRST), by=world.as_staff("lawyer"), at=AT, card=CARD)


def typed(browser: Browser, edition: TemplateEdition, **changes: Any) -> dict[str, Any]:
    """What the page of a draft would send, with changes; None leaves a tick out."""
    page = browser.get(f"/desk/forms/editions/{edition.pk}/").context
    data: dict[str, Any] = {"seen": page["seen"]}
    for form in page["told"].forms:
        for bound in form:
            value = bound.value()
            if value not in (None, False, ""):
                data[bound.html_name] = value
    for name, was in page["told"].shown.items():
        data[f"c.{name}"] = was.concern
        if was.locked:
            data[f"l.{name}"] = "on"
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


@pytest.mark.parametrize("path", READ)
def test_everyone_on_staff_may_look(world: World, visit: Visit, path: str) -> None:
    assert visit("finance").get(address(world, path)).status_code == 200
    assert visit("anna").get(address(world, path)).status_code == 404
    assert Browser().get(address(world, path)).status_code == 302


@pytest.mark.parametrize("path", CHANGE)
def test_only_the_power_changes(world: World, visit: Visit, path: str) -> None:
    assert visit("manager").get(address(world, path)).status_code == 403
    assert visit("manager").post(address(world, path)).status_code == 403
    assert visit("lawyer").get(address(world, path)).status_code == 200
    assert visit("anna").post(address(world, path)).status_code == 404


def test_saving_a_draft_is_refused_without_the_power(world: World, visit: Visit) -> None:
    edition = draft(world)
    answer = visit("manager").post(f"/desk/forms/editions/{edition.pk}/", {"f0-label": "x"})
    assert answer.status_code == 403
    assert not visit("manager").get(f"/desk/forms/editions/{edition.pk}/").context["editable"]


def test_a_new_form_is_uploaded_and_shown_by_clauses(world: World, visit: Visit) -> None:
    card = {"title_ru": "Уборка", "kind": "services", "language": "ru", "usual_days": "4"}
    answer = visit("lawyer").post(
        "/desk/forms/new/", {**card, "file": upload(words(FIRST))}, follow=True
    )
    assert answer.status_code == 200
    template = ContractTemplate.objects.get(title_ru="Уборка")
    assert (template.title_en, template.usual_days, template.offered) == ("Уборка", 4, False)
    numbers = [clause.number for clause in answer.context["clauses"]]
    assert numbers == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_refused_file_says_why_and_loses_nothing(world: World, visit: Visit) -> None:
    card = {"title_ru": "Уборка и мойка", "kind": "services", "language": "ru", "usual_days": "4"}
    bad = words(["1. {{ a: nonsense }}", "2. {{ b: choice(one) }}"])
    answer = visit("lawyer").post(
        "/desk/forms/new/", {**card, "payment_ru": "в пятницу", "file": upload(bad)}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Уборка и мойка" in page and "в пятницу" in page
    assert "nonsense" in page and "choice(один, два)" in page
    assert not ContractTemplate.objects.filter(title_ru="Уборка и мойка").exists()


def test_a_file_too_large_answers_with_the_limit(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zabota.contracts.forms.cards.MOST_BYTES", 1000)
    path = f"/desk/forms/{world.forms['nda-ru'].template_id}/upload/"
    answer = visit("lawyer").post(path, {"file": upload(b"PK" + b"x" * 2000)})
    assert answer.status_code == 422 and "1000" in answer.content.decode().replace("\xa0", "")
    answer = visit("lawyer").post(path, {})
    assert answer.status_code == 422 and "Выберите файл Word" in answer.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_refusal_and_remark_has_words(language: str) -> None:
    codes = re.findall(r"\w+", (Refused.__doc__ or "").partition("Codes:")[2])
    with translation.override(language):
        said = [docx_words.refusal_words(Refused(code, **PARAMS)) for code in codes]
        said += [remark_words(code, PARAMS) for code in REMARKS]
    for code, sentence in zip([*codes, *REMARKS], said, strict=True):
        assert f"({code})" not in sentence and "%(" not in sentence, sentence
        assert bool(re.search(r"[а-яё]{3}", sentence)) == (language == "ru"), sentence
    assert len(codes) > 18 and len(set(said)) > 24


def test_a_hostile_file_is_named(visit: Visit, world: World) -> None:
    bomb = docx(p("x"), extra={"word/media/a.bmp": b"\0" * 40_000_000})
    path = f"/desk/forms/{world.forms['nda-ru'].template_id}/upload/"
    page = visit("lawyer").post(path, {"file": upload(bomb)}).content.decode()
    assert str(guard.MOST_RATIO) in page
    assert faults_of(Refused("zip_bomb", ratio=900, limit=200))


def test_directions_locks_fields_and_route_are_saved_by_one_button(
    world: World, visit: Visit
) -> None:
    edition, browser = draft(world), visit("lawyer")
    clauses = list(stored_attributes(edition.tree))
    data = typed(
        browser,
        edition,
        **{
            f"c.{clauses[0]}": "finance",
            f"c.{clauses[2]}": "legal",
            f"l.{clauses[3]}": "on",
            "f1-usual": "1 000 000,50",
            "f1-help_ru": "С НДС",
            "route": world.routes["short"].pk,
        },
    )
    answer = browser.post(f"/desk/forms/editions/{edition.pk}/", data)
    assert answer.status_code == 302
    edition.refresh_from_db()
    found = [told(edition, clause) for clause in clauses]
    assert found == [
        ("finance", False),
        ("finance", False),
        ("legal", False),
        ("general", True),
        ("general", True),
    ]
    assert edition.fields[1]["usual"] == "1000000.50" and edition.fields[1]["help"]["ru"] == "С НДС"
    assert edition.route_id == world.routes["short"].pk


def test_what_a_section_gives_stops_at_what_differs() -> None:
    tree = {
        "clauses": [
            {
                "id": "1",
                "c": "legal",
                "ch": [{"id": "1.1", "c": "legal"}, {"id": "1.2", "c": "finance"}],
            }
        ]
    }
    found = with_sections(tree, stored_attributes(tree) | {"1": Attributes("security", True)})
    assert {name: row.concern for name, row in found.items()} == {
        "1": "security",
        "1.1": "security",
        "1.2": "finance",
    }
    assert all(row.locked for row in found.values())


def test_a_wrong_usual_value_keeps_everything_typed(world: World, visit: Visit) -> None:
    edition, browser = draft(world), visit("lawyer")
    clauses = list(stored_attributes(edition.tree))
    data = typed(browser, edition, **{f"c.{clauses[4]}": "security", "f1-usual": "много денег"})
    answer = browser.post(f"/desk/forms/editions/{edition.pk}/", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "много денег" in page
    assert answer.context["clauses"][4].concern == "security"
    edition.refresh_from_db()
    assert told(edition, clauses[4])[0] == "general"


def test_two_lawyers_at_once_lose_nothing(world: World, visit: Visit) -> None:
    edition = draft(world)
    mine, other = visit("lawyer"), visit("lawyer2")
    path, clauses = f"/desk/forms/editions/{edition.pk}/", list(stored_attributes(edition.tree))
    stale = typed(mine, edition, **{f"c.{clauses[4]}": "security"})
    assert other.post(path, typed(other, edition, **{f"l.{clauses[0]}": "on"})).status_code == 302
    answer = mine.post(path, stale)
    assert answer.status_code == 409 and answer.context["clauses"][4].concern == "security"
    again = mine.post(path, {**stale, "seen": answer.context["seen"]})
    assert again.status_code == 302


def test_in_force_by_buttons_only_with_a_route(world: World, visit: Visit) -> None:
    edition, browser = draft(world), visit("lawyer")
    path = f"/desk/forms/editions/{edition.pk}/"
    data = typed(browser, edition, then="force")
    answer = browser.post(path, data, follow=True)
    assert answer.status_code == 200 and b'<button class="button main"' not in answer.content
    refused = browser.post(f"{path}in-force/", follow=True)
    assert "не вступает в силу" in refused.content.decode()
    browser.post(path, typed(browser, edition, route=world.routes["short"].pk))
    browser.post(f"{path}in-force/")
    edition.refresh_from_db()
    assert edition.state == "in_force"
    assert browser.post(path, {"seen": "x"}).status_code == 302
    browser.post(f"{path}withdraw/")
    edition.refresh_from_db()
    assert edition.state == "withdrawn"


def test_the_source_is_downloaded(world: World, visit: Visit) -> None:
    answer = visit("finance").get(address(world, "editions/{edition}/word/"))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert answer.content[:2] == b"PK" and io.BytesIO(answer.content)


def test_a_second_edition_says_what_is_new(world: World, visit: Visit) -> None:
    edition, browser = draft(world), visit("lawyer")
    path = f"/desk/forms/{edition.template_id}/upload/"
    answer = browser.post(path, {"file": upload(words(SECOND))}, follow=True)
    assert [clause.number for clause in answer.context["clauses"] if clause.fresh] == ["1.1"]
    history = browser.get(f"/desk/forms/{edition.template_id}/").context["lines"]
    assert [line.entry.kind.split(".")[1] for line in history] == [
        "edition_made", "edition_made", "form_opened"
    ]  # fmt: skip


def test_the_card_is_edited(world: World, visit: Visit) -> None:
    path = address(world, "{form}/card/")
    data = {"title_ru": "О тайне", "kind": "nda", "usual_days": "0", "term_en": "Five years"}
    answer = visit("lawyer").post(path, data)
    assert answer.status_code == 422 and "Five years" in answer.content.decode()
    assert visit("lawyer").post(path, {**data, "usual_days": "2"}).status_code == 302
    template = ContractTemplate.objects.get(pk=world.forms["nda-ru"].template_id)
    assert template.about["term"]["en"] == "Five years" and not template.offered


def test_the_list_takes_the_same_queries_for_one_and_for_many(world: World) -> None:
    browser = browser_of(world, "lawyer")
    browser.get("/desk/forms/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/desk/forms/")
    for number in range(100):
        open_template(
            f"more-{number}", by=None, at=AT, kind="other", language="ru",
            titles=(f"Форма {number}", f"Form {number}"),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        answer = browser.get("/desk/forms/")
    assert len(answer.context["rows"]) == 50
    assert len(many) == len(few) < 12
