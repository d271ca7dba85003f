"""The proof: real files, planted faults, and what is written when a redline does not hold."""

import copy
import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.contracts.docx.corpus import DATA, corpus
from tests.contracts.docx.making import cell, docx, p, row, table
from zabota.contracts.docx import track
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.track import Hand, Unproved, track_files
from zabota.contracts.docx.track.ink import Ink
from zabota.contracts.docx.track.proof import prove, read_lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HAND = Hand("Юрист")
SOURCE = Path(track.__file__).with_name("proof.py")

OLD = docx(
    p("Предмет договора")
    + p("Уходит без замены")
    + p("Срок поставки 5 дней с оплаты")
    + table(row(cell(p("Цена")), cell(p("100"))), row(cell(p("Скидка")), cell(p("5"))))
    + p("Уходит целиком")
    + p("Подписи")
)
NEW = docx(
    p("Предмет договора")
    + p("Срок поставки 10 дней с оплаты")
    + p("Приходит сам по себе")
    + table(
        row(cell(p("Цена")), cell(p("120"))),
        row(cell(p("Скидка")), cell(p("5"))),
        row(cell(p("Доставка")), cell(p("7"))),
    )
    + p("Приходит новый пункт о пене")
    + p("Подписи")
)


def test_the_proof_shares_no_code_with_the_writer() -> None:
    imports = [line for line in SOURCE.read_text().splitlines() if "import" in line]
    assert not [line for line in imports if "zabota" in line]


@pytest.mark.parametrize("decided", ["Accepted", "Rejected"])
def test_it_reads_tracked_changes_as_word_settles_them(decided: str) -> None:
    corpus()
    files = [
        (file.with_name(file.name.replace(f"-{decided}", "")), file)
        for file in sorted((DATA / "revisions").glob(f"*-{decided}.docx"))
    ]
    pairs = [(tracked, settled) for tracked, settled in files if tracked.exists()]
    different = [
        tracked.name
        for tracked, settled in pairs
        if read_lines(tracked.read_bytes(), accept=decided == "Accepted")
        != read_lines(settled.read_bytes())
    ]
    print(f"{len(pairs)} {decided}, different: {different}")
    assert len(pairs) > 20
    assert different == []


def test_every_real_pair_gets_a_redline_that_holds() -> None:
    corpus()
    with (DATA / "pairs.csv").open() as given:
        pairs = list(csv.DictReader(given))
    replaced = []
    for pair in pairs:
        old, new = ((DATA / pair[name]).read_bytes() for name in ("before", "after"))
        made = track_files(old, new, HAND)
        inspect(made.data)
        assert prove(made.data, old, new) == (), pair["id"]
        replaced += [pair["id"]] if made.whole else []
        print(
            f"{pair['id']}: revisions {made.counts.revisions}, "
            f"expected {pair['expected_revisions']}"
        )
    assert replaced == []


def test_a_file_with_tracked_changes_of_its_own_counts_as_accepted() -> None:
    corpus()
    tracked = (DATA / "revisions" / "RP002-Deleted-Text.docx").read_bytes()
    settled = (DATA / "revisions" / "RP002-Deleted-Text-Accepted.docx").read_bytes()
    assert track_files(tracked, settled, HAND).counts.revisions == 0


def _changed(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root)
            made.writestr(name, part)
    return out.getvalue()


def _first(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path, {"w": W.strip("{}")})
    assert found is not None, path
    return found


def _unwrap(root: etree._Element, name: str) -> None:
    wrapper = _first(root, f".//w:p/w:{name}")
    owner = wrapper.getparent()
    assert owner is not None
    for run in list(wrapper):
        for dead in run.iter(f"{W}delText"):
            dead.tag = f"{W}t"
        wrapper.addprevious(run)
    owner.remove(wrapper)


def _drop(root: etree._Element, path: str) -> None:
    found = _first(root, path)
    owner = found.getparent()
    assert owner is not None
    owner.remove(found)


def _letter(root: etree._Element) -> None:
    word = _first(root, ".//w:del//w:delText")
    word.text = (word.text or "") + " "


def _turned(root: etree._Element) -> None:
    """All that came has gone, all that went has come."""
    other = {f"{W}ins": f"{W}del", f"{W}del": f"{W}ins"}
    for mark in list(root.iter(*other)):
        mark.tag = other[str(mark.tag)]
        for words in mark.iter(f"{W}t", f"{W}delText"):
            words.tag = f"{W}delText" if mark.tag == f"{W}del" else f"{W}t"


def _elsewhere(root: etree._Element) -> None:
    """Inserted words stand in another paragraph than they were written in."""
    words = _first(root, ".//w:p/w:ins")
    _first(root, "w:body").findall(f"{W}p")[-1].append(words)


FAULTS: dict[str, Callable[[etree._Element], None]] = {
    "the two texts in each other's place": _turned,
    "words moved to another paragraph": _elsewhere,
    "a move to where nothing was moved": lambda root: setattr(
        _first(root, ".//w:p/w:del"), "tag", f"{W}moveTo"
    ),
    "a move away of what came": lambda root: setattr(
        _first(root, ".//w:p/w:ins"), "tag", f"{W}moveFrom"
    ),
    "an insertion that is not tracked": lambda root: _unwrap(root, "ins"),
    "a deletion that is not tracked": lambda root: _unwrap(root, "del"),
    "a deletion that is missing": lambda root: _drop(root, ".//w:p/w:del"),
    "an insertion that is missing": lambda root: _drop(root, ".//w:p/w:ins"),
    "one space more among what is deleted": _letter,
    "a paragraph mark that is not tracked": lambda root: _drop(root, ".//w:pPr/w:rPr/w:del"),
    "an inserted mark that is not tracked": lambda root: _drop(root, ".//w:pPr/w:rPr/w:ins"),
    "a row that is not tracked": lambda root: _drop(root, ".//w:trPr/w:ins"),
    "a paragraph that is lost": lambda root: _drop(root, "w:body/w:p"),
    "a cell that is lost": lambda root: _drop(root, ".//w:tr/w:tc"),
    "a paragraph twice": lambda root: _first(root, "w:body").insert(0, etree.Element(f"{W}p")),
    "a deletion kept as words": lambda root: setattr(
        _first(root, ".//w:p/w:del"), "tag", f"{W}ins"
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    right = track_files(OLD, NEW, HAND)
    assert right.whole == ()
    assert prove(right.data, OLD, NEW) == ()
    assert prove(_changed(right.data, FAULTS[fault]), OLD, NEW)


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
SHORT = docx(p("Начало") + p("Середина") + p("Конец"))
CONTENTS = (
    "<w:p>" + FIELD.format("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>"
    + FIELD.format("separate") + "<w:r><w:t>{}</w:t></w:r></w:p>" + p("Раздел 2")
    + "<w:p><w:r><w:t>{}</w:t></w:r>" + FIELD.format("end") + "</w:p>" + p("Текст")
)  # fmt: skip
LINK = '<w:p><w:hyperlink w:anchor="q"><w:r><w:t>{} слова ссылки</w:t></w:r></w:hyperlink></w:p>'
CONTROL = "<w:sdt><w:sdtContent>" + p("{} слова в поле") + "</w:sdtContent></w:sdt>" + p("Дальше")
HARD = {
    "a field over several paragraphs": (
        docx(CONTENTS.format("Раздел 1", "Раздел 3")),
        docx(CONTENTS.format("Часть 1", "Раздел 33")),
    ),
    "another column": (
        docx(table(row(cell(p("а")), cell(p("б")))) + p()),
        docx(table(row(cell(p("а")), cell(p("н")), cell(p("б")))) + p()),
    ),
    "a link": (docx(LINK.format("Старые")), docx(LINK.format("Новые"))),
    "a control": (docx(CONTROL.format("Старые")), docx(CONTROL.format("Новые"))),
    "words that became a table": (
        docx(p("Начало") + p("сталь")),
        docx(p("Начало") + table(row(cell(p("сталь")))) + p()),
    ),
    "a table that is gone": (docx(table(row(cell(p("сталь")))) + p("Конец")), docx(p("Конец"))),
    "a last paragraph more": (SHORT, docx(p("Начало") + p("Середина") + p("Конец") + p("Ещё"))),
    "other last paragraphs": (SHORT, docx(p("Начало") + p("Иное") + p("Совсем иное"))),
    "a cell that ends otherwise": (
        docx(table(row(cell(p("а") + p("б") + p("в")))) + p()),
        docx(table(row(cell(p("а") + p("г")))) + p()),
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_hard_to_track_holds_both_ways(name: str) -> None:
    for old, new in (HARD[name], HARD[name][::-1]):
        made = track_files(old, new, HAND)
        assert made.whole == ()
        assert made.counts.revisions
        assert prove(made.data, old, new) == ()


def test_a_stretch_that_is_written_wrong_is_replaced_whole_and_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = Ink._flat

    def bad(ink: Ink, items: list, hand: Hand) -> list[etree._Element]:  # type: ignore[type-arg]
        """Loses what came in a line where words stayed, too."""
        mixed = {item.state for item in items} >= {"equal", "insert"}
        some = [item for item in items if item.state != "insert"] if mixed else items
        return list(good(ink, some, hand))

    monkeypatch.setattr(Ink, "_flat", bad)
    made = track_files(OLD, NEW, HAND)
    assert made.whole == ("Срок поставки 10 дней с оплаты",)
    assert prove(made.data, OLD, NEW) == ()


def test_a_redline_that_cannot_be_proved_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ink, "_flat", lambda *_: [])
    with pytest.raises(Unproved) as refused:
        track_files(OLD, NEW, HAND)
    assert refused.value.differences


PICTURE = "<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:pict><w:t>схема</w:t></w:pict></w:r></w:p>"


@pytest.mark.parametrize("twice", [False, True])
def test_an_object_lost_or_doubled_is_found(twice: bool) -> None:
    """A picture stands for itself: a redline that loses it, or shows it twice, does not hold."""
    old, new = (docx(PICTURE.format(words) + p("Конец")) for words in ("Было", "Стало"))
    right = track_files(old, new, HAND)
    assert prove(right.data, old, new) == ()

    def wrong(root: etree._Element) -> None:
        found = _first(root, ".//w:pict").getparent()
        assert found is not None
        owner = found.getparent()
        assert owner is not None
        if twice:
            found.addnext(copy.deepcopy(found))
        else:
            owner.remove(found)

    assert prove(_changed(right.data, wrong), old, new)
