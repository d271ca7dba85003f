"""What the command line tells about a form: the forms we ship are fit and lose nothing."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from tests.contracts.docx.corpus import ROOT
from tests.contracts.docx.independent import words
from tests.contracts.docx.making import docx, p
from zabota.config.cli import contracts as command
from zabota.contracts.docx.read import read
from zabota.contracts.docx.report import report
from zabota.contracts.text.numbering import clauses_of, numbers
from zabota.contracts.text.references import link
from zabota.contracts.text.tree import Reference
from zabota.contracts.text.words import plain_text, runs_of

SHIPPED = sorted((ROOT / "src" / "zabota" / "contracts" / "shipped").glob("*.docx"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_a_shipped_form_is_fit_and_its_report_is_json(file):
    told = report(file.read_bytes())
    assert told["fit"]
    assert told["warnings"] == []
    assert told["fields"]
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_a_shipped_form_has_the_words_of_its_file(file):
    reading = read(file.read_bytes())
    ours = plain_text(reading.document, computed=False)
    theirs = words(file.read_bytes())
    for spec in reading.fields:
        assert "{{" + spec.name + "}}" in ours or "{{" + spec.name in str(reading.document)
    assert _without_tokens(ours) == _without_tokens(theirs)


def _without_tokens(text: str) -> str:
    kept = []
    for piece in text.split("{{"):
        kept.append(piece.partition("}}")[2] if "}}" in piece else piece)
    return "".join("".join(kept).split())


def test_mentions_in_shipped_forms_follow_their_clauses():
    linked = 0
    for file in SHIPPED:
        document = link(read(file.read_bytes()).document)
        known = numbers(document)
        for clause in clauses_of(document):
            for run in runs_of(clause.blocks):
                if isinstance(run, Reference) and run.kind == "clause":
                    assert run.target in known
                    linked += 1
    assert linked


def test_faults_make_a_form_unfit_and_are_told():
    told = report(docx(p("{{ price: деньги }}")))
    assert not told["fit"]
    assert told["warnings"] == [
        {"code": "field_type", "params": {"token": "price: деньги", "type": "деньги"}}
    ]


def told_to(capsys, tmp_path: Path, data: bytes, lang: str, *, as_json: bool = False) -> str:
    """What the command prints of a file."""
    file = tmp_path / "form.docx"
    file.write_bytes(data)
    command.run(Namespace(file=str(file), json=as_json, lang=lang))
    return capsys.readouterr().out


def test_people_read_sentences_and_programs_codes(capsys, tmp_path):
    """In the language asked for; a machine's code stands only where a machine reads."""
    unfit = docx(p("1. {{ price: деньги }}"))
    russian = told_to(capsys, tmp_path, unfit, "ru")
    assert "У поля «price: деньги» неизвестный тип" in russian
    assert "has a type we do not know" in told_to(capsys, tmp_path, unfit, "en")
    assert "field_type" not in russian
    assert "field_type" in told_to(capsys, tmp_path, unfit, "ru", as_json=True)
    assert "Это не файл Word (.docx)." in told_to(capsys, tmp_path, b"hello", "ru")
    said = told_to(capsys, tmp_path, b"hello", "en")
    assert "This is not a Word file (.docx)." in said and "not_a_zip" not in said
