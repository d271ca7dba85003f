"""Words that only look otherwise in a returned file are told quietly, apart from changed words."""

import io
import re

import pytest
from docx import Document
from docx.shared import Pt, RGBColor

from tests.contracts.browsers import browser_of
from tests.contracts.test_word_back import bring, edited, setting, take
from tests.contracts.test_word_review import RED, plain, second_change, send
from zabota.contracts.docx.untracked.restyled import find_restyled
from zabota.contracts.models.drafts import WordReturn
from zabota.contracts.reading.texts import version_text
from zabota.home.world import World

LOOKS = re.compile(r"<summary>Изменён только вид.*?</details>", re.S)


def restyled(data: bytes, near: str, **looks: object) -> bytes:
    """The file with the longest run of that paragraph in another look, nothing recorded."""
    document = Document(io.BytesIO(data))
    paragraph = next(one for one in document.paragraphs if near in one.text)
    font = max(paragraph.runs, key=lambda run: len(run.text)).font
    for name, wanted in looks.items():
        if name == "color":
            font.color.rgb = wanted
        else:
            setattr(font, name, wanted)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        ({"bold": True}, "выделено полужирным"),
        ({"size": Pt(7)}, r"размер [\d,]+ → 7"),
        ({"color": RGBColor(0x99, 0, 0), "italic": True}, "выделено курсивом, другой цвет"),
    ],
)
def test_another_look_is_found_and_is_no_change_of_words(
    world: World, looks: dict[str, object], words: str
) -> None:
    _, browser, base, data = setting(world)
    page = browser.get(bring(browser, base, restyled(data, "не позже", **looks)))
    told = LOOKS.search(page.content.decode())
    assert told and re.search(words, plain(told[0])) and "не позже" in plain(told[0])
    assert RED not in page.content.decode()


def test_looks_stand_below_the_red_and_do_not_forbid_accepting(world: World) -> None:
    contract, browser, base, data = setting(world)
    file = restyled(edited(data, second_change(data)), "не позже", bold=True)
    take(browser, bring(browser, base, file))
    send(world, contract)
    page = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").content.decode()
    quiet = LOOKS.search(page)
    assert quiet and page.index(RED) < quiet.start() < page.index('id="decision"')
    row = WordReturn.objects.get(contract=contract)
    looks = [one for one in row.findings if one["kind"] == "look"]
    assert looks and looks[0]["old"] == "bold+"
    row.revisers = {looks[0]["clause"]: []}
    assert row.recorded_clauses == {looks[0]["clause"]}


def test_an_untouched_file_looks_as_it_was_sent(world: World) -> None:
    contract, _, _, data = setting(world)
    document = version_text(contract.version).text.document
    assert find_restyled(document, data, data) == []
    again = io.BytesIO()
    Document(io.BytesIO(data)).save(again)
    assert find_restyled(document, data, again.getvalue()) == []


def test_what_a_program_did_to_all_of_it_is_told_once(world: World) -> None:
    contract, _, _, data = setting(world)
    document = Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(31)
    out = io.BytesIO()
    document.save(out)
    found = find_restyled(version_text(contract.version).text.document, data, out.getvalue())
    assert [one.where for one in found].count("everywhere") == 1
