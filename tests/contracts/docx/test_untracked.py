"""What was changed with tracking off, or hides in a returned file, is found; nothing else is."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zabota
from tests.contracts.docx.making import docx, p
from zabota.contracts.docx.read import read
from zabota.contracts.docx.untracked import Finding, find_untracked
from zabota.contracts.docx.untracked.letters import disguised, kind_of
from zabota.contracts.docx.write import write
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.references import link
from zabota.contracts.text.tree import Document
from zabota.contracts.text.words import blocks_text

FORMS = sorted((Path(zabota.__file__).parent).rglob("*.??.docx"))
ITS = 'w:id="900" w:author="Юрист Романов" w:date="2026-11-17T10:00:00Z"'


def form(name: str) -> tuple[Document, dict[str, str], bytes]:
    """A shipped form as it goes out, every field filled in."""
    source = next(file for file in FORMS if file.name == name).read_bytes()
    reading = read(source)
    document = link(reading.document)
    values = {spec.name: f"знач{place}" for place, spec in enumerate(reading.fields)}
    language = name.split(".")[1]
    data = write(
        document, numbers(document), values,
        package=source, language=language, title="x", kept=reading.objects,
    )  # fmt: skip
    return document, values, data


SUPPLY = form("supply.ru.docx")


def edited(data: bytes, change, part: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                text = content.decode()
                content = change(text).encode()
                assert content.decode() != text, "the edit must happen"
            target.writestr(name, content)
    return out.getvalue()


def found(change) -> list[Finding]:
    document, values, data = SUPPLY
    return find_untracked(document, edited(data, change), values=values, sent_file=data)


def swap(old: str, new: str):
    return lambda text: text.replace(old, new, 1)


def looks(words: str, properties: str):
    """A run of its own for words that stand in the middle of one, with properties of its own."""

    def change(text: str) -> str:
        begin = '</w:t></w:r><w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
        again = '<w:r><w:t xml:space="preserve">'
        return text.replace(words, begin.format(properties, words) + again, 1)

    return change


def clause_with(words: str) -> tuple[str, str]:
    document = SUPPLY[0]
    clause = next(one for one in clauses_of(document) if words in blocks_text(one.blocks))
    return clause.id, plain_number(numbers(document).get(clause.id, ""))


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.name)
def test_an_untouched_file_is_silent(file: Path) -> None:
    document, values, data = form(file.name)
    assert find_untracked(document, data, values=values) == []
    assert find_untracked(document, data, values=values, sent_file=data) == []


def test_another_programs_saving_is_no_edit(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for name in ("supply.ru.docx", "services.en.docx"):
        document, values, data = form(name)
        source = tmp_path / "in" / name
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(data)
        home = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [office, home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]
        subprocess.run([*command, str(tmp_path), str(source)], capture_output=True, check=True)
        saved = (tmp_path / name).read_bytes()
        assert find_untracked(document, saved, values=values, sent_file=data) == []


def test_recorded_changes_are_no_findings() -> None:
    end, begin = "</w:t></w:r>", '<w:r><w:t xml:space="preserve">'
    tracked = f"не{end}<w:ins {ITS}>{begin} сильно{end}</w:ins>{begin} позднее"
    assert found(swap("не позднее", tracked)) == []


WORDS = "не позднее"


@pytest.mark.parametrize(
    ("kind", "change", "old", "new"),
    [
        ("words", swap(WORDS, "не раньше"), "позднее", "раньше"),
        ("lookalike", swap(WORDS, "не пoзднее"), "позднее", "пoзднее"),
        ("invisible", swap(WORDS, "не поз\u200bднее"), "позднее", "поз\u200bднее"),
        ("hidden", looks(WORDS, "<w:vanish/>"), "", WORDS),
        ("white", looks(WORDS, '<w:color w:val="FEFEFE"/>'), "", WORDS),
        ("tiny", looks(WORDS, '<w:sz w:val="3"/>'), "", WORDS),
    ],
)
def test_one_planted_edit_of_each_kind_is_found(kind, change, old, new) -> None:
    (finding,) = found(change)
    assert (finding.kind, finding.old, finding.new) == (kind, old, new)
    assert (finding.clause, finding.number) == clause_with(WORDS)
    assert finding.where == "body"


def test_swapped_digits_in_words_and_in_a_value() -> None:
    document, values, data = SUPPLY
    clause = next(
        one for one in clauses_of(document) if re.search(r"\b\d\d\b", blocks_text(one.blocks))
    )
    number = re.search(r"\b\d\d\b", blocks_text(clause.blocks))
    assert number is not None
    around = blocks_text(clause.blocks)[number.end() : number.end() + 8].split("{")[0]
    (finding,) = found(swap(f"{number[0]}{around}", f"97{around}"))
    assert (finding.kind, finding.clause) == ("digits", clause.id)
    field = next(name for name in values if f">{values[name]}<" in text_of(data))
    (finding,) = found(swap(f">{values[field]}<", f">{values[field]}7<"))
    assert finding.kind in ("digits", "words") and finding.new.endswith(f"{values[field]}7")


def text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def paragraph_with(text: str, words: str) -> str:
    return next(one for one in re.findall(r"<w:p\b.*?</w:p>", text, re.S) if words in one)


def test_clauses_put_in_and_taken_out() -> None:
    extra = p("Покупатель платит неустойку в двойном размере.")

    def put_in(text: str) -> str:
        one = paragraph_with(text, WORDS)
        return text.replace(one, one + extra, 1)

    assert [one.kind for one in found(put_in)] in (["added"], ["words"])
    gone = found(lambda text: text.replace(paragraph_with(text, WORDS), "", 1))
    assert [one.kind for one in gone] == ["deleted"]
    assert WORDS in gone[0].old and gone[0].clause == clause_with(WORDS)[0]


def test_a_number_typed_over_and_a_count_begun_anew() -> None:
    def typed(text: str) -> str:
        one = paragraph_with(text, WORDS)
        bare = re.sub(r"<w:numPr>.*?</w:numPr>", '<w:numPr><w:numId w:val="0"/></w:numPr>', one)
        bare = re.sub(r"(<w:t[^>]*>)", r"\g<1>9.9. ", bare, count=1)
        return text.replace(one, bare, 1)

    kinds = [one.kind for one in found(typed)]
    assert "typed_number" in kinds or "number" in kinds, kinds
    list_of = 'w:abstractNumId="7"'
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="{}"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
    )
    numbering = (
        f"<w:abstractNum {list_of}>{level.format(1)}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )

    def counted(words: str, number: int) -> str:
        about = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        return p(words, about)

    texts = ("Срок поставки.", "Цена товара.", "Ответственность сторон.", "Споры сторон.")
    sent = read(docx("".join(counted(one, 1) for one in texts), numbering=numbering)).document
    anew = docx(
        "".join(counted(one, 1 if place < 2 else 2) for place, one in enumerate(texts)),
        numbering=numbering,
    )
    (finding,) = find_untracked(sent, anew)
    assert (finding.kind, finding.old, finding.new) == ("number", "3.", "1.")


def test_white_words_on_a_dark_ground_are_seen() -> None:
    dark = '<w:shd w:val="clear" w:fill="1F3864"/><w:color w:val="FFFFFF"/>'
    assert found(looks(WORDS, dark)) == []


def test_what_was_hidden_when_sent_is_no_finding() -> None:
    body = p("Срок.") + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>служебное</w:t></w:r></w:p>"
    data = docx(body)
    document = read(data).document
    assert [one.kind for one in find_untracked(document, data)] == ["hidden"]
    assert find_untracked(document, data, sent_file=data) == []


def test_headers_are_looked_at_too() -> None:
    sent = docx(p("Срок."), header1=p("Договор поставки"))
    back = docx(p("Срок."), header1=p("Договор займа"))
    (finding,) = find_untracked(read(sent).document, back)
    assert (finding.kind, finding.where) == ("words", "header")
    assert (finding.old, finding.new) == ("Договор поставки", "Договор займа")


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("дoговор", True), ("Webсайт", False), ("договор", False), ("contract", False),
     ("сontract", True), ("xй", True), ("αренда", True)],
)  # fmt: skip
def test_disguised_words(word: str, is_one: bool) -> None:
    assert disguised(word) is is_one


@given(st.text("абвгдеорсх 0123456789", min_size=1, max_size=30), st.integers(0, 29))
@settings(max_examples=60, deadline=None)
def test_one_letter_changed_anywhere_is_found(words: str, place: int) -> None:
    """Whatever character of the words is replaced by another that is no space, it is told."""
    words = "Начало " + words.strip() + " конец"
    place = min(place, len(words) - 1)
    if words[place].isspace():
        return
    sent = read(docx(p(words))).document
    back = words[:place] + "ж" + words[place + 1 :]
    assert find_untracked(sent, docx(p(back)), values={})
    assert find_untracked(sent, docx(p(words)), values={}) == []


def test_kinds_of_a_change() -> None:
    assert kind_of("10 000 руб.", "100 000 руб.") == "digits"
    assert kind_of("РОСТ", "POCT") == "lookalike"
    assert kind_of("срок", "сро\u202eк") == "invisible"
    assert kind_of("срок", "цена") == "words"


def test_a_big_file_is_looked_at_too() -> None:
    """The copy that is read again is no bigger to the guard than the file itself."""
    many = [f"Пункт {place} о поставке товара." for place in range(20)]
    data = docx("".join(p(words) for words in many))
    sent = read(data).document
    media = {"word/media/big.xml": f"<x>{Random(1).randbytes(11_000_000).hex()}</x>"}
    back = docx("".join(p(words) for words in many), extra=media)
    assert len(back) < 20 * 1024 * 1024
    assert find_untracked(sent, back, values={}) == []
