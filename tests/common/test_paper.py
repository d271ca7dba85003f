"""Setting a page by Typst: text stays text, the folder holds nothing else, limits answer."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zabota.common import paper
from zabota.common.paper import PaperRefused, render

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PLAIN = '#let data = json("data.json")\n#set text(lang: data.lang)\n#for w in data.words { par(w) }'
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not on PATH"
)


def template(folder: Path, source: str = PLAIN) -> Path:
    path = folder / "plain.typ"
    path.write_text(source, encoding="utf-8")
    return path


def read(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_a_page_is_dated_archival_and_the_same_each_time(tmp_path: Path) -> None:
    made = render(template(tmp_path), {"lang": "ru", "words": ["Договор"]}, at=AT)
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"/Lang(ru)" in made
    assert b"2026-11-22T09:30:00" in made
    assert made == render(template(tmp_path), {"lang": "ru", "words": ["Договор"]}, at=AT)


@needs_pdftotext
@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        '#import "main.typ": *',
        "`сырой` $x^2$ *жирный* _курсив_",
        "// не примечание",
        "<метка> @ссылка \\u{41} ~ -- ---",
        "= Заголовок",
    ],
)
def test_text_never_becomes_markup(tmp_path: Path, words: str) -> None:
    made = render(template(tmp_path), {"lang": "ru", "words": [words]}, at=AT)
    assert read(made).strip() == words


def test_a_template_reaches_no_file_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("тайна", encoding="utf-8")
    for path in ("/etc/passwd", "../secret.txt", "secret.txt", str(tmp_path / "secret.txt")):
        with pytest.raises(PaperRefused) as refused:
            render(template(tmp_path, f'#read("{path}")'), {}, at=AT)
        assert refused.value.code == "failed"
        assert "тайна" not in refused.value.reason


def test_the_folder_holds_the_template_and_the_data_only(tmp_path: Path) -> None:
    (tmp_path / "beside.typ").write_text("#let x = 1", encoding="utf-8")
    with pytest.raises(PaperRefused) as refused:
        render(template(tmp_path, '#import "beside.typ": x'), {}, at=AT)
    assert "file not found" in refused.value.reason


@needs_pdftotext
def test_characters_without_a_glyph_still_print(tmp_path: Path) -> None:
    made = render(template(tmp_path), {"lang": "ru", "words": ["дом \U000f1234 лес"]}, at=AT)
    assert re.search(r"дом.*лес", read(made))
    assert b"pdfaid" not in made


def test_too_much_text_is_refused_with_the_limit(tmp_path: Path) -> None:
    with pytest.raises(PaperRefused) as refused:
        render(template(tmp_path), {"words": ["ё" * (paper.LIMIT_BYTES // 2)]}, at=AT)
    assert (refused.value.code, refused.value.limit) == ("too_large", paper.LIMIT_BYTES)


def test_a_page_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zabota.common.paper.typeset.LIMIT_SECONDS", 0.05)
    slow = "#for i in range(3000) { for j in range(300) { let x = i * j } }"
    with pytest.raises(PaperRefused) as refused:
        render(template(tmp_path, slow), {}, at=AT)
    assert (refused.value.code, refused.value.limit) == ("too_slow", 0.05)
