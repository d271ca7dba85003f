"""The numbers LibreOffice prints: `python -m tools.test_contracts.expected FOLDER`.

The contracts are printed to FOLDER by LibreOffice and read back by pdftotext. What stands before
a paragraph's words on its first line is its number; a number somebody typed is part of the words.
Nothing of the product is used, so that its reader can be judged by this list.
"""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from tools.test_contracts.known import BY_SPEC, WORDS_BY_SPEC
from tools.test_contracts.package import W

DATA = Path(__file__).resolve().parents[2] / "tests" / "data" / "contracts"
PROFILE = "-env:UserInstallation=file:///tmp/lo-twelve"
TYPED = re.compile(
    r"""\s*(?P<number>
        (?:Статья|Раздел|Глава)\s+[\dIVXLC]+\.?
      | §\s*\d+\.?
      | \d{1,2}(?:\.\d{1,2}){1,3}\.?(?![\d%])
      | \d{1,2}[.)](?!\d)
      | [а-яa-z]\)
      | [IVXLC]+\.(?=\s)
    )\s*""",
    re.VERBOSE,
)
DATE = re.compile(r"\s*\d\d\.\d\d\.\d{4}")
GALLERY = f"{W}sdtPr/{W}docPartObj"
HAS_SIGN = re.compile(r"\w")


def main(folder: Path) -> None:
    """Print all, read all, write numbers.json, and say what could not be found on paper."""
    files = sorted(DATA.glob("*.docx"))
    command = ["soffice", PROFILE, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    found: dict[str, Any] = {"notes": {}, "pages": {}, "contracts": {}}
    for file in files:
        pdf = folder / f"{file.stem}.pdf"
        listed = numbered(file, pdf)
        found["contracts"][file.name], notes = by_spec(file.name, listed)
        if notes:
            found["notes"][file.name] = notes
        about = _output("pdfinfo", str(pdf))
        found["pages"][file.name] = int(about.split("Pages:")[1].split()[0])
        print(file.name, found["pages"][file.name], len(listed))
    _write(DATA / "numbers.json", found)


def numbered(file: Path, pdf: Path) -> list[tuple[str, str]]:
    """(number as printed, first 40 characters) of each numbered paragraph outside cells."""
    raw = _Printed(_output("pdftotext", "-raw", str(pdf), "-"))
    layout = squeeze(_output("pdftotext", "-layout", str(pdf), "-")).casefold()
    found = []
    for words, listed, contents in paragraphs(file):
        if contents:
            raw.label(words.rstrip(" 0123456789"), listed=False)
            continue
        label = raw.label(words, listed)
        typed = None if DATE.match(words) else TYPED.match(words)
        if label and HAS_SIGN.search(label):
            if words and squeeze(label + words[:20]).casefold() not in layout:
                print(f"  {file.name}: not so in -layout: {label} {words[:40]}")
            found.append((label, words[:40]))
        elif typed:
            rest = words[typed.end() :]
            found.append((" ".join(typed["number"].split()), rest[:40]))
    return found


def by_spec(name: str, listed: list[tuple[str, str]]) -> tuple[list[list[str]], list[str]]:
    """Numbers put right where LibreOffice departs from the standard, and what was changed."""
    rule = BY_SPEC.get(name)
    if rule is None:
        return [list(one) for one in listed], []
    right = rule(listed)
    why = WORDS_BY_SPEC[name]
    changed = [
        f"LibreOffice prints {old[0]!r}, by the standard {new[0]!r}: {new[1]}"
        for old, new in zip(listed, right, strict=True)
        if old != new
    ]
    return [list(one) for one in right], [why, *changed]


def paragraphs(file: Path) -> list[tuple[str, bool, bool]]:
    """(words seen, has a direct number, is a line of contents) of each paragraph outside tables."""
    with zipfile.ZipFile(file) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    found = []
    for node in body.iter(f"{W}p"):
        above = {one.tag.removeprefix(W) for one in node.iterancestors()}
        if above & {"tbl", "txbxContent"}:
            continue
        own = node.find(f"{W}pPr/{W}numPr") is not None
        words = seen(node)
        if own or words.strip():
            style = node.find(f"{W}pPr/{W}pStyle")
            contents = style is not None and str(style.get(f"{W}val")).startswith("TOC")
            inside = [one for one in node.iterancestors(f"{W}sdt") if one.find(GALLERY) is not None]
            found.append((words.strip(" "), own, contents or bool(inside)))
    return found


def seen(node: Any) -> str:
    """The words of a paragraph a reader sees: no field codes, hidden runs, notes or boxes."""
    words = ""
    for one in node.iter():
        kind = one.tag.removeprefix(W) if isinstance(one.tag, str) else ""
        if kind not in {"t", "tab", "br", "noBreakHyphen"}:
            continue
        run = next(one.iterancestors(f"{W}r"), None)
        if run is None or run.find(f"{W}rPr/{W}vanish") is not None:
            continue
        if next(one.iterancestors(f"{W}txbxContent"), None) is not None:
            continue
        if kind == "br" and one.get(f"{W}type") in {"page", "column"}:
            continue
        words += one.text or "" if kind == "t" else {"noBreakHyphen": "-"}.get(kind, " ")
    return words.replace("\u00a0", " ").replace("\u00ad", "").replace("\u2011", "-")


def squeeze(words: str) -> str:
    """Letters alone: spaces, line ends and the kinds of hyphen are the printer's business."""
    return re.sub(r"[\s\u00ad\f]", "", words.replace("\u2011", "-").replace("\u2010", "-"))


class _Printed:
    """The printed words, read forward once."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace("\f", "\n").split("\n")
        self.text = ""
        self.starts: list[int] = []
        for line in self.lines:
            self.starts.append(len(self.text))
            self.text += squeeze(line).casefold()
        self.at = 0

    def label(self, words: str, listed: bool) -> str:
        """What stands before the words on their line; the reading goes on behind them."""
        key = squeeze(words).casefold()[:32]
        if not key:
            return self._lonely() if listed else ""
        place = self.at
        while (place := self.text.find(key, place)) >= 0:
            line = max(at for at, start in enumerate(self.starts) if start <= place)
            before = place - self.starts[line]
            shown = self._prefix(self.lines[line], before) if before <= 18 else "_"
            # Lines to sign on are in the footer: the paragraph itself stands elsewhere.
            if "_" not in shown:
                self.at = place + len(key)
                return shown
            place += 1
        print(f"  not on paper: {words[:60]}")
        return ""

    def _prefix(self, line: str, letters: int) -> str:
        at = 0
        while letters:
            letters -= bool(squeeze(line[at]))
            at += 1
        return " ".join(line[:at].split())

    def _lonely(self) -> str:
        """A number with no words: the next line that is a number alone."""
        for at, start in enumerate(self.starts):
            if start >= self.at and re.fullmatch(r"\s*(\w{1,4}[.)])+\s*", self.lines[at]):
                self.at = start + len(squeeze(self.lines[at]))
                return self.lines[at].strip()
        print("  an empty number is not on paper")
        return ""


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


def _write(path: Path, found: dict[str, Any]) -> None:
    """JSON with one paragraph to a line."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    text = re.sub(r'\[\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*")\s*\]', r"[\1, \2]", text)
    path.write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
