"""`zabota compare`: two files, a proved redline, what is in it, what is wrong with them."""

import json
from pathlib import Path

import pytest

from tests.contracts.docx.making import docx, p
from zabota.config.cli import main
from zabota.contracts.docx.track.ink import Ink
from zabota.contracts.docx.track.proof import prove

OLD = docx(p("Срок 5 дней") + p("Пеня 1 % за день") + p("Подписи"))
NEW = docx(p("Срок 10 дней") + p("Пеня 1 % за день") + p("Подписи"))
ITS = 'w:id="1" w:author="Юрист" w:date="2026-01-01T00:00:00Z"'
# The term is changed with a record, the penalty without.
HALF = docx(
    "<w:p><w:r><w:t xml:space='preserve'>Срок </w:t></w:r>"
    f"<w:del {ITS}><w:r><w:delText>5</w:delText></w:r></w:del>"
    f"<w:ins {ITS}><w:r><w:t>10</w:t></w:r></w:ins>"
    "<w:r><w:t xml:space='preserve'> дней</w:t></w:r></w:p>" + p("Пеня 0 % за день") + p("Подписи")
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, data in (("old", OLD), ("new", NEW), ("half", HALF)):
        (tmp_path / f"{name}.docx").write_bytes(data)
    return tmp_path


def compare(folder: Path, old: str, new: str, *more: str) -> int:
    output = str(folder / "redline.docx")
    return main(["compare", str(folder / old), str(folder / new), "-o", output, *more])


def test_the_redline_is_written_and_counted(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(files, "old.docx", "new.docx", "--json", "--author", "Юрист") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["proved"] is True
    assert (told["counts"]["insertions"], told["counts"]["deletions"]) == (1, 1)
    assert (told["clauses"]["changed"], told["replaced_whole"]) == (1, [])
    assert told["untracked"] is None
    made = Path(told["redline"]).read_bytes()
    assert prove(made, OLD, NEW) == ()


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Доказано: если принять"), ("en", "Proved: accepting all")]
)
def test_it_speaks_both_languages(
    files: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert compare(files, "old.docx", "new.docx", "--lang", language) == 0
    assert words in capsys.readouterr().out


def test_what_was_changed_without_a_record_is_told(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(files, "old.docx", "half.docx", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["kind"], one["old"], one["new"]) for one in told["untracked"]] == [
        ("digits", "1 %", "0 %")
    ]
    assert compare(files, "old.docx", "half.docx", "--lang", "en") == 0
    assert "1 change without a record" in capsys.readouterr().out


def test_a_file_that_is_not_taken_is_named_with_the_reason(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "bad.docx").write_bytes(b"no zip at all")
    assert compare(files, "old.docx", "bad.docx", "--lang", "ru") == 1
    said = capsys.readouterr().out
    assert "bad.docx не принят" in said and "Word" in said
    assert compare(files, "old.docx", "bad.docx", "--json") == 1
    assert json.loads(capsys.readouterr().out)["refused"]["code"] == "not_a_zip"
    assert compare(files, "old.docx", "absent.docx") == 2
    assert "absent.docx" in capsys.readouterr().err


def test_without_the_proof_nothing_is_written(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ink, "_flat", lambda *_: [])
    assert compare(files, "old.docx", "new.docx", "--lang", "en") == 1
    assert "none was written" in capsys.readouterr().out
    assert not (files / "redline.docx").exists()
