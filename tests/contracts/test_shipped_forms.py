"""The forms that ship: what a firm signs must be whole, well set and the same as its source."""

import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from tools.forms.body import Body
from tools.forms.build import ORDER, PARTIES, SHIPPED, build_all, read_all
from tools.forms.checklist import ROWS
from tools.forms.markup import TOKEN, MarkupError, read_form
from tools.forms.parts import W
from tools.forms.typography import NBSP, set_spaces
from zabota.contracts.docx.read import read
from zabota.contracts.parties import is_party_field
from zabota.contracts.text.fields import clean, form_of
from zabota.contracts.text.numbering import clauses_of, numbers
from zabota.contracts.text.words import blocks_text

TYPES = {
    "text", "longtext", "choice", "date", "money", "number", "percent", "inn", "kpp", "ogrn",
    "bik", "account", "person", "email", "phone", "address",
}  # fmt: skip
CONCERNS = {"general", "legal", "finance", "logistics", "security"}
PAID = [slug for slug in ORDER if not slug.startswith(("nda", "amendment", "specification"))]
PASSPORT = {"price", "currency", "vat_rate", "penalty_percent", "penalty_cap_percent",
            "term_until", "venue", "subject"}  # fmt: skip
# Words that are misspelt without ё, each with the letter that should not have been е.
YO = (
    r"расчет|приемк|объем|отчет|зачет|учет(?!н)|\bее\b|\bнее\b|\bнем\b|еще\b|\bнесет\b|\bдает|"
    r"платеж\b|путем\b|\bтрех|четырех|подтвержден\b|определен\b|определенн|включен\b|истек\b|"
    r"произведен\b|заключен\b|заключенн|ввезен\b|внесен\b|внесенн|зачтенн|присужденн|оговоренн|"
    r"устраненн|\bтверд(?:ый|ая|ое)|сообщенн|своем\b|создает|остает|сдает|"
    r"передает|начнет|ведет|берет|чье\b|свое\b|наем\b|заем\b|надежн|\bсчет\b"
)


def tag(name: str) -> str:
    return f"{{{W}}}{name}"


def document(slug: str) -> etree._Element:
    package = zipfile.ZipFile(SHIPPED / f"{slug}.docx")
    return etree.fromstring(package.read("word/document.xml"))


def words(paragraph: etree._Element) -> str:
    return "".join(part.text or "" for part in paragraph.iter(tag("t")))


def paragraphs(slug: str) -> list[str]:
    return [words(paragraph) for paragraph in document(slug).iter(tag("p"))]


def catalogue() -> dict[str, dict[str, Any]]:
    entries = json.loads((SHIPPED / "forms.json").read_text(encoding="utf-8"))
    return {entry["file"].removesuffix(".docx"): entry for entry in entries}


def declared(slug: str) -> dict[str, re.Match[str]]:
    found = (match for text in paragraphs(slug) for match in TOKEN.finditer(text))
    return {match["name"]: match for match in found if match["type"]}


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{tag('pPr')}/{tag('pStyle')}")
    return "" if style is None else str(style.get(tag("val")))


def counted_numbers(slug: str) -> dict[str, str]:
    """Numbers of bookmarked paragraphs, counted as Word does from styles and annex restarts."""
    levels = {"Heading1": 0, "Clause": 1, "Subclause": 2, "AnnexClause": 0, "AnnexSubclause": 1}
    counters: dict[str, list[int]] = {}
    numbers = {}
    for paragraph in document(slug).iter(tag("p")):
        style = style_of(paragraph)
        if style not in levels:
            continue
        own = paragraph.find(f"{tag('pPr')}/{tag('numPr')}/{tag('numId')}")
        counts = counters.setdefault("main" if own is None else own.get(tag("val")), [0, 0, 0])
        level = levels[style]
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        for mark in paragraph.iter(tag("bookmarkStart")):
            numbers[mark.get(tag("name"))] = ".".join(map(str, counts[: level + 1]))
    return numbers


def test_building_again_gives_the_committed_files() -> None:
    built = build_all()
    assert {path.name for path in SHIPPED.iterdir()} - {"__init__.py", "__pycache__"} == set(built)
    for name, content in built.items():
        assert (SHIPPED / name).read_bytes() == content, f"{name}: run python -m tools.forms.build"


def test_all_promised_forms_are_there() -> None:
    assert [form.slug for form in read_all()] == list(ORDER)
    assert sum(form.language == "ru" for form in read_all()) == 9


@pytest.mark.parametrize("form", read_all(), ids=lambda form: form.slug)
def test_each_row_of_the_checklist_is_met(form: Any) -> None:
    for key, name, expected in ROWS:
        texts = [block.text for block in form.blocks if key in block.checks]
        if not texts:
            assert len(form.not_applicable[key]) > 20, f"{form.slug}: {name}"
            continue
        for text in texts:
            assert any(word in text for word in expected), f"{form.slug}: {name}: {text}"
    assert not any(key in form.not_applicable for key in ("subject", "liability", "details"))


@pytest.mark.parametrize("slug", ORDER)
def test_every_token_parses_and_is_declared_once_before_use(slug: str) -> None:
    seen: set[str] = set()
    for text in paragraphs(slug):
        assert text.count("{{") == text.count("}}") == len(TOKEN.findall(text)), text
        for match in TOKEN.finditer(text):
            name = match["name"]
            if name.split(".")[0] in PARTIES:
                assert match["type"] is None
                continue
            if form_of(name)[1]:
                assert (match["type"], form_of(name)[0] in seen) == (None, True), name
                continue
            assert (match["type"] is None) == (name in seen), f"{slug}: {name}"
            seen.add(name)
            if match["type"]:
                assert match["type"] in TYPES
                assert match["label"]
                cyrillic = bool(re.search("[а-яё]", match["label"]))
                assert cyrillic == slug.endswith(".ru"), match["label"]
                options = [option.strip() for option in (match["args"] or "").split(",")]
                assert len(options) > 1 or match["type"] not in ("choice", "number")
                assert match["args"] is None or match["type"] in ("choice", "number", "text")


@pytest.mark.parametrize("slug", ORDER)
def test_a_token_is_never_torn_between_runs(slug: str) -> None:
    for part in document(slug).iter(tag("t")):
        assert (part.text or "").count("{{") == (part.text or "").count("}}")


@pytest.mark.parametrize("slug", PAID)
def test_the_passport_finds_its_fields(slug: str) -> None:
    fields = declared(slug)
    assert set(fields) >= PASSPORT
    assert fields["price"]["type"] == "money"
    assert "22%" in fields["vat_rate"]["args"]
    assert fields["vat_date"]["type"] == "date"
    if not slug.startswith("lease"):  # rent is paid by the month, in advance
        assert set(fields) >= {"prepayment_percent", "deferral_days"}


def test_a_specification_names_its_contract_its_goods_and_the_tax_on_a_day() -> None:
    entry, fields = catalogue()["specification.ru"], declared("specification.ru")
    assert entry["kind"] == "specification"
    assert set(fields) >= {"base_number", "base_date", "base_title", "goods_name", "delivery_date"}
    # What is left to the contract (penalty, its cap) is not asked again.
    assert set(fields) >= PASSPORT - {"penalty_percent", "penalty_cap_percent"}
    assert "22%" in fields["vat_rate"]["args"]
    assert fields["vat_date"]["type"] == "date"


@pytest.mark.parametrize("slug", ORDER)
def test_every_sum_of_a_sentence_stands_in_words_too(slug: str) -> None:
    """In a table the figures stand alone."""
    rows = {p for cell in document(slug).iter(tag("tc")) for p in cell.iter(tag("p"))}
    asked = 0
    for paragraph in document(slug).iter(tag("p")):
        said = words(paragraph)
        for match in TOKEN.finditer(said):
            if match["type"] == "money" and words(paragraph) not in map(words, rows):
                asked += 1
                assert f"{{{{ {match['name']}.words }}}}" in said.replace("\u00a0", " "), said
    assert asked


@pytest.mark.parametrize("slug", ORDER)
def test_the_catalogue_knows_every_field_and_section(slug: str) -> None:
    entry, fields = catalogue()[slug], declared(slug)
    assert set(entry["fields"]) == set(fields)
    for name, known in entry["fields"].items():
        assert known["required"] == (fields[name]["args"] != "optional"), name
        assert known["help"]["ru"].endswith(".")
        assert known["help"]["en"].endswith(".")
        example, match = known["example"], fields[name]
        match match["type"]:
            case "date":
                date.fromisoformat(example)
            case "money" | "percent":
                Decimal(example)
            case "number":
                least, most = map(Decimal, match["args"].split(","))
                assert least <= Decimal(example) <= most
            case "choice":
                assert example in [option.strip() for option in match["args"].split(",")], name
            case _:
                assert example
    sections = [p for p in document(slug).iter(tag("p")) if style_of(p) == "Heading1"]
    assert list(entry["sections"]) == [str(place + 1) for place in range(len(sections))]
    marks = [*entry["sections"].values(), *entry["overrides"].values(), *entry["annexes"].values()]
    assert {mark["concern"] for mark in marks} <= CONCERNS
    assert any(mark["locked"] for mark in marks)
    for name in ("what_for", "payment", "term", "penalty"):
        assert all(len(entry[name][language]) > 5 for language in ("ru", "en"))


@pytest.mark.parametrize("slug", [slug for slug in ORDER if slug.endswith(".ru")])
def test_russian_is_well_set(slug: str) -> None:
    for raw in paragraphs(slug):
        text = TOKEN.sub("7", raw)
        assert "  " not in text
        assert '"' not in text
        assert "'" not in text
        assert "“" not in text
        assert not re.search(r"\w\([а-я]{1,3}\)", text), text
        assert not re.search(r"№(?!\xa0|$)", text), text
        assert not re.search(r"\b(п|ст|пункт\w*|стать\w+|раздел[еы]?) \d", text), text
        assert " —" not in text, text
        assert not re.search(" -|- ", text), text
        assert not re.search(YO, text.lower()), re.search(YO, text.lower())
        assert text.count("«") == text.count("»")


@pytest.mark.parametrize("slug", [slug for slug in ORDER if slug.endswith(".en")])
def test_english_is_well_set(slug: str) -> None:
    for raw in paragraphs(slug):
        text = TOKEN.sub("7", raw)
        assert "  " not in text
        assert '"' not in text
        assert "'" not in text
        assert not re.search("[а-яёА-ЯЁ«»]", text), text
        assert not re.search(r"\b([Cc]lause|[Ss]ection|No\.) \d", text), text
        assert text.count("“") == text.count("”")


@pytest.mark.parametrize("slug", ORDER)
def test_cross_references_show_the_number_word_will_compute(slug: str) -> None:
    numbers = counted_numbers(slug)
    referred = 0
    for paragraph in document(slug).iter(tag("p")):
        runs = list(paragraph)
        for place, one in enumerate(runs):
            code = one.find(tag("instrText"))
            if code is not None:
                referred += 1
                target = (code.text or "").split()[1]
                assert words(runs[place + 2]) == numbers[target], target
    form = next(form for form in read_all() if form.slug == slug)
    assert referred == sum(block.text.count("{@") for block in form.blocks) > 0


@pytest.mark.parametrize("slug", ORDER)
def test_our_own_reader_finds_the_same_clauses_and_fields(slug: str) -> None:
    reading = read((SHIPPED / f"{slug}.docx").read_bytes())
    assert reading.warnings == ()
    asked = {
        spec.name: spec
        for spec in reading.fields
        if not is_party_field(spec.name) and not form_of(spec.name)[1]
    }
    known = catalogue()[slug]["fields"]
    assert {name: spec.required for name, spec in asked.items()} == {
        name: told["required"] for name, told in known.items()
    }
    for name, spec in asked.items():
        assert spec.label
        assert clean(spec, known[name]["example"])
    shown = numbers(reading.document)
    form = next(form for form in read_all() if form.slug == slug)
    written = [block.number for block in form.blocks if block.number]
    counted = [shown.get(clause.id, "") for clause in clauses_of(reading.document)]
    assert [number.rstrip(".") for number in counted if number.endswith(".")] == written
    titles = [blocks_text(clause.blocks) for clause in reading.document.clauses]
    annexes = [title for title in titles if re.match("(Приложение|Annex)[\xa0 ]", title)]
    assert len(annexes) == len(catalogue()[slug]["annexes"])


def test_each_annex_counts_from_one() -> None:
    package = zipfile.ZipFile(SHIPPED / "works.ru.docx")
    numbering = etree.fromstring(package.read("word/numbering.xml"))
    restarted = {
        one.get(tag("numId"))
        for one in numbering.iter(tag("num"))
        if one.find(f"{tag('lvlOverride')}/{tag('startOverride')}") is not None
    }
    used = {
        one.get(tag("val"))
        for one in document("works.ru").iter(tag("numId"))
    }  # fmt: skip
    assert len(used) == 2
    assert used == restarted


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("## [a] один\n## [a] два", "used twice"),
        ("@list a", "unknown mark"),
        ("## см. {@nowhere}", "references to nothing"),
    ],
)
def test_a_source_with_a_mistake_is_refused(body: str, complaint: str) -> None:
    source = f"language: ru\nkind: supply\ntitle ru: А\ntitle en: A\n\n# Раздел\n{body}"
    with pytest.raises(MarkupError, match=complaint):
        Body(read_form("x", source))


def test_spaces_are_set_by_rule_and_tokens_left_alone() -> None:
    source = 'по пункту 4 — № {{ n: text "Номер — наш" }} от 27 июля 2006 г.'
    assert set_spaces(source, "ru") == (
        f'по пункту{NBSP}4{NBSP}— №{NBSP}{{{{ n: text "Номер — наш" }}}} '
        f"от 27{NBSP}июля 2006{NBSP}г."
    )
