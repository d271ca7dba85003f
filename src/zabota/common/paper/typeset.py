"""Setting a page: a fixed Typst template reads its data as JSON and becomes a PDF, in this process.

Client text reaches Typst only as JSON strings, in a folder that holds the template and the data and
nothing else: text given as markup could read files of the server. Fonts are those inside the
compiler (Libertinus Serif knows Cyrillic), so a bare machine prints the same pages; the machine's
own fonts only stand in for characters Libertinus lacks.
"""

import json
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

type JSON = str | int | float | bool | Sequence["JSON"] | Mapping[str, "JSON"] | None

# Some 450 pages: measured 1.5 s and 450 MB.
LIMIT_BYTES = 3_000_000
LIMIT_SECONDS = 30.0
AT_ONCE = 2

# A compile cannot be killed: one that runs on keeps its seat until it ends, so they never pile up.
_seats = threading.BoundedSemaphore(AT_ONCE)


@dataclass(eq=False)
class PaperRefused(Exception):
    """The page was not set: `too_large` and `too_slow` name their limit, `failed` gives why."""

    code: str
    limit: float = 0
    reason: str = ""


def render(template: Path, data: Mapping[str, JSON], *, at: datetime) -> bytes:
    """A PDF/A-2b of `data` set by `template`, dated `at`; the same input gives the same bytes.

    The template reads its data by `json("data.json")`. Raises `PaperRefused` when the data is over
    `LIMIT_BYTES` (of JSON in UTF-8) or the setting lasts over `LIMIT_SECONDS`. Text with characters
    no font at hand can show still prints, as plain PDF: the archive form forbids missing glyphs.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    if len(text) > LIMIT_BYTES:
        raise PaperRefused("too_large", limit=LIMIT_BYTES)
    if not _seats.acquire(timeout=LIMIT_SECONDS):
        raise PaperRefused("too_slow", limit=LIMIT_SECONDS)
    page: Future[bytes] = Future()
    threading.Thread(target=_set_page, args=(template, text, at, page), daemon=True).start()
    try:
        return page.result(timeout=LIMIT_SECONDS)
    except TimeoutError:
        raise PaperRefused("too_slow", limit=LIMIT_SECONDS) from None
    except typst.TypstError as error:
        raise PaperRefused("failed", reason=str(error)) from error


def _set_page(template: Path, text: bytes, at: datetime, page: "Future[bytes]") -> None:
    try:
        page.set_result(_compile(template.read_bytes(), text, at))
    except BaseException as error:
        page.set_exception(error)
    finally:
        _seats.release()


def _compile(template: bytes, text: bytes, at: datetime) -> bytes:
    # The folder is new each time; Typst's own memory of laid-out text is the process's and stays
    # warm (measured: 45 pages 0.20 s the first time, 0.04 s with one word changed).
    with TemporaryDirectory(prefix="zabota-paper-") as folder:
        main = Path(folder) / "main.typ"
        main.write_bytes(template)
        (Path(folder) / "data.json").write_bytes(text)
        try:
            return _pdf(main, at, archive=True)
        except typst.TypstError:
            return _pdf(main, at, archive=False)


def _pdf(main: Path, at: datetime, *, archive: bool) -> bytes:
    return typst.compile(
        main,
        root=main.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2b"] if archive else None,
        package_path=main.parent,
        package_cache_path=main.parent,
        timestamp=int(at.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
