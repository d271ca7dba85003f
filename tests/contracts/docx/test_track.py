"""A redline of our own texts as Word gets it: whose change, of when, comments, looks, values."""

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from tests.contracts.docx.test_track_trees import written
from zabota.contracts.docx.package import Package
from zabota.contracts.docx.proposals.comments import read_comments
from zabota.contracts.docx.read import read
from zabota.contracts.docx.track import Hand, Said, Tracked, track_texts
from zabota.contracts.docx.track.proof import read_lines
from zabota.contracts.text.tree import (
    Block,
    Cell,
    Clause,
    Document,
    Field,
    Mark,
    Note,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W.strip("{}")}
AT = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
HANDS = {
    "a": Hand("Мария Иванова", datetime(2026, 11, 18, 9, tzinfo=UTC)),
    "b": Hand("Юридический отдел", AT),
}


def words(text: str, *marks: Mark) -> Paragraph:
    return Paragraph((Text(text, marks),))


def clause(name: str, *blocks: Block | str) -> Clause:
    return Clause(name, tuple(words(b) if isinstance(b, str) else b for b in blocks))


def tracked(
    old: tuple[Clause, ...], new: tuple[Clause, ...], *said: Said, **values: tuple[str, str]
) -> Tracked:
    trees = Document(old), Document(new)
    filled = [{name: both[side] for name, both in values.items()} for side in (0, 1)]
    files = [written(tree, told) for tree, told in zip(trees, filled, strict=True)]
    return track_texts(files[0], files[1], trees, lambda name: HANDS.get(name, Hand("Никто")), said)


def part(made: Tracked, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        return etree.fromstring(archive.read(name))


def test_each_change_says_whose_it_is_and_of_when() -> None:
    made = tracked(
        (clause("a", "Срок 5 дней"), clause("b", "Пеня 1 %")),
        (clause("a", "Срок 10 дней"), clause("b", "Пеня 2 %")),
    )
    found = [
        (x.get(f"{W}author"), x.get(f"{W}date"), "".join(x.itertext()))
        for x in part(made).iter(f"{W}ins", f"{W}del")
    ]
    assert found == [
        ("Мария Иванова", "2026-11-18T09:00:00Z", "5"),
        ("Мария Иванова", "2026-11-18T09:00:00Z", "10"),
        ("Юридический отдел", "2026-11-20T12:30:00Z", "1 %"),
        ("Юридический отдел", "2026-11-20T12:30:00Z", "2 %"),
    ]
    assert (made.whole, made.kinds, made.counts.revisions) == ((), {"changed": 2}, 4)


def test_a_move_is_a_deletion_and_an_insertion() -> None:
    one, two, three = (clause(name, f"Пункт {name} о своём") for name in "abc")
    made = tracked((one, two, three), (two, three, one))
    assert made.kinds == {"moved": 1, "same": 2}
    assert (made.counts.insertions, made.counts.deletions) == (1, 1)
    assert read(made.data, revisions="accept").document.clauses[-1].id == "a"


def test_a_value_typed_anew_stays_in_its_control() -> None:
    text = (clause("a", Paragraph((Text("Цена "), Field("price"), Text(" рублей")))),)
    made = tracked(text, text, price=("100", "120"))
    assert read(made.data, revisions="accept").values == {"price": "120"}
    assert read(made.data, revisions="reject").values == {"price": "100"}
    assert made.kinds == {"changed": 1}


def test_another_look_of_the_same_words_is_tracked_as_a_look() -> None:
    made = tracked((clause("a", words("Важно")),), (clause("a", words("Важно", "bold")),))
    run = part(made).find(".//w:r", NAMES)
    assert run is not None and run.find("w:rPr/w:b", NAMES) is not None
    assert run.find("w:rPr/w:rPrChange/w:rPr", NAMES) is not None
    assert run.find("w:rPr/w:rPrChange/w:rPr/w:b", NAMES) is None
    assert (made.counts.revisions, made.counts.formats) == (0, 1)


def test_rows_come_and_go_and_cells_change_word_by_word() -> None:
    def priced(*rows: tuple[str, str]) -> Table:
        return Table(tuple(Row(tuple(Cell((words(cell),)) for cell in cells)) for cells in rows))

    old = priced(("Медь в слитках", "7"), ("Товар", "Цена"), ("Сталь листовая", "100"))
    new = priced(("Товар", "Цена"), ("Сталь листовая", "120"), ("Доставка до склада", "9"))
    made = tracked((clause("a", old, "Конец"),), (clause("a", new, "Конец"),))
    assert made.counts.cells_changed == 1
    assert (made.counts.rows_inserted, made.counts.rows_deleted) == (1, 1)


def test_a_note_is_compared_where_it_stands() -> None:
    def noted(text: str) -> Clause:
        call = Paragraph((Text("Слово"), Reference("n", "note")))
        return clause("a", call, Note("n", (words(text),)))

    made = tracked((noted("Сноска о сроке"),), (noted("Сноска о цене"),))
    changed = part(made, "word/footnotes.xml").iter(f"{W}ins", f"{W}del")
    assert ["".join(x.itertext()) for x in changed] == ["сроке", "цене"]
    assert "Сноска о цене" in read_lines(made.data)[0]
    assert "Сноска о сроке" in read_lines(made.data, accept=False)[0]


def test_comments_stand_at_their_clause_with_name_and_moment() -> None:
    said = (
        Said("b", "Мария Иванова", AT, "Почему два?\nДавайте один."),
        Said("нет такого", "Мария Иванова", AT, "Обо всём"),
    )
    made = tracked(
        (clause("a", "Срок"), clause("b", "Пеня 1 %")),
        (clause("a", "Срок"), clause("b", "Пеня 2 %")),
        *said,
    )
    comments = part(made, "word/comments.xml")
    told = [
        (c.get(f"{W}author"), c.get(f"{W}date"), c.get(f"{W}initials"), "|".join(c.itertext()))
        for c in comments
    ]
    assert told == [
        ("Мария Иванова", "2026-11-20T12:30:00Z", "МИ", "Почему два?|Давайте один."),
        ("Мария Иванова", "2026-11-20T12:30:00Z", "МИ", "Обо всём"),
    ]
    starts = [x.getparent() for x in part(made).iter(f"{W}commentRangeStart")]
    assert ["".join(p.itertext()) for p in starts if p is not None] == ["Срок", "Пеня 1 %2 %"]
    assert "word/comments.xml" in read_names(made)
    assert "word/commentsExtended.xml" not in read_names(made)


def test_answers_stand_in_the_thread_they_belong_to() -> None:
    said = (
        Said("a", "Мария Иванова", AT, "Почему?", key=4),
        Said("a", "Пётр Белов", AT, "Потому.\nТак надо.", key=7, answers=4),
        Said("a", "Мария Иванова", AT, "Ясно.", key=9, answers=7),
        Said("a", "Мария Иванова", AT, "Иное", key=11, answers=99),
    )
    made = tracked((clause("a", "Срок"),), (clause("a", "Срок 2"),), *said)
    found = read_comments(Package(made.data))
    first, second, third, other = found
    assert (first.reply_to, other.reply_to) == ("", ""), "what is not in the file is not answered"
    assert second.reply_to == third.reply_to == first.id, "Word knows one level"
    assert second.text == "Потому.\nТак надо."
    assert not any(one.resolved for one in found)


def read_names(made: Tracked) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        return archive.namelist()


def test_the_same_texts_give_the_same_bytes() -> None:
    texts = (clause("a", "Срок 5 дней"),), (clause("a", "Срок 10 дней"),)
    assert tracked(*texts).data == tracked(*texts).data


def test_a_text_that_ends_otherwise_keeps_its_last_mark() -> None:
    short, long = (clause("a", "Начало"),), (clause("a", "Начало"), clause("b", "Конец"))
    for old, new in ((short, long), (long, short), (short, (clause("c", "Совсем другое"),))):
        made = tracked(old, new)
        last = part(made).findall("w:body/w:p", NAMES)[-1]
        assert last.find("w:pPr/w:rPr/w:ins", NAMES) is None
        assert last.find("w:pPr/w:rPr/w:del", NAMES) is None
        assert made.whole == ()


def test_libreoffice_opens_it_with_the_new_words(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    table = Table((Row((Cell((words("Сталь"),)), Cell((words("100"),)))),))
    made = tracked(
        (clause("a", "Срок 5 дней"), clause("t", table, "После"), clause("b", "Уходит", "Да")),
        (clause("a", "Срок 10 дней"), clause("t", table, "После"), clause("c", "Приходит")),
    )
    (tmp_path / "redline.docx").write_bytes(made.data)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [office, home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
         tmp_path / "out", tmp_path / "redline.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "out" / "redline.docx").read_bytes()
    for accept in (True, False):
        assert read_lines(saved, accept=accept) == read_lines(made.data, accept=accept)
