"""What a comparison counts in: words, numbers with their units, spaces, marks and tokens.

An atom is never cut: a lawyer reads «10 000 руб.» or a field as one thing, so it changes as one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zabota.contracts.text.tree import Break, Field, Kept, Paragraph, Reference, Run, Text

_GAP = "[ \u00a0\u202f\u2009]"
_LETTER = "[\\w\u0300-\u036f\u00ad]"
_UNIT = f"(?:{_GAP}?(?:%|‰|°C|°|₽|€|\\$|(?:руб|коп|тыс|млн|млрд)(?!{_LETTER})\\.?))?"
_PATTERN = re.compile(
    f"№{_GAP}?\\w[\\w/-]*"
    f"|(?:\\d{{1,3}}(?:{_GAP}\\d{{3}})+(?:[.,]\\d+)*|\\d+(?:[.,:/]\\d+)*)(?!{_LETTER}){_UNIT}"
    f"|{_LETTER}+(?:[-‑'’]{_LETTER}+)*"
    "|\\s+"
    "|.",
    re.DOTALL,
)

END = "\x00end"  # the key of a paragraph mark
_TOKEN_WEIGHT = 12


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest thing compared: `key` is what must be equal, `runs` what it is made of."""

    key: str
    runs: tuple[Run, ...] = ()

    @property
    def is_space(self) -> bool:
        """Spaces never hold an alignment together."""
        return self.key.isspace()

    @property
    def is_word(self) -> bool:
        """Words, numbers and tokens carry meaning; punctuation and spaces alone do not."""
        return self.key[:1] == "\x00" or self.key[:1].isalnum() or self.key[:1] in "№_"

    @property
    def weight(self) -> int:
        """How much it tells when it stays: the letters of a word, more for a field."""
        if self.key == END:
            return 0
        if self.key[:1] == "\x00":
            return _TOKEN_WEIGHT
        return len(self.key) if self.is_word else 0


def atoms(runs: str | Iterable[Run]) -> list[Atom]:
    """Cut runs (or a plain string) into atoms; joined, their runs read the same as the input."""
    if isinstance(runs, str):
        runs = (Text(runs),)
    found: list[Atom] = []
    texts: list[Text] = []
    for run in runs:
        if isinstance(run, Text):
            texts.append(run)
            continue
        found += _cut(texts)
        texts = []
        found.append(Atom(token_key(run), (run,)))
    return found + _cut(texts)


def flow(paragraphs: Iterable[Paragraph]) -> list[Atom]:
    """Atoms of several paragraphs, each closed by its paragraph mark."""
    found: list[Atom] = []
    for paragraph in paragraphs:
        found += atoms(paragraph.runs)
        found.append(Atom(END))
    return found


def token_key(run: Run) -> str:
    """By what a token is known to be the same one, whatever its marks."""
    match run:
        case Field(name=name):
            return f"\x00field:{name}"
        case Reference(target=target, kind=kind):
            return f"\x00{kind}:{target}"
        case Break(kind=kind):
            return f"\x00break:{kind}"
        case Kept(kind=kind, key=key, words=words):
            return f"\x00kept:{kind}:{key}:{words}"
        case Text(text=text):
            return text


def joined(parts: Iterable[Atom]) -> tuple[Run, ...]:
    """The runs of atoms put together again, neighbours under the same marks made one."""
    return merged(run for atom in parts for run in atom.runs)


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs without empty text, with neighbours under the same marks made one."""
    result: list[Run] = []
    pending: list[str] = []
    marks: tuple[str, ...] | None = None
    last: Text | None = None
    for run in runs:
        if isinstance(run, Text):
            if not run.text:
                continue
            if last is not None and run.marks == marks:
                pending.append(run.text)
                continue
        if last is not None:
            result.append(_text(pending, last))
            last = None
        if isinstance(run, Text):
            last, marks, pending = run, run.marks, [run.text]
        else:
            result.append(run)
    if last is not None:
        result.append(_text(pending, last))
    return tuple(result)


def _text(pending: list[str], last: Text) -> Text:
    return last if len(pending) == 1 else Text("".join(pending), last.marks)


def _cut(texts: Sequence[Text]) -> list[Atom]:
    if not texts:
        return []
    if len(texts) == 1:
        marks = texts[0].marks
        return [Atom(word, (Text(word, marks),)) for word in _PATTERN.findall(texts[0].text)]
    words = _PATTERN.findall("".join(run.text for run in texts))
    found: list[Atom] = []
    index, offset = 0, 0
    for word in words:
        pieces: list[Run] = []
        missing = len(word)
        while missing:
            run = texts[index]
            piece = run.text[offset : offset + missing]
            if piece:
                pieces.append(Text(piece, run.marks))
                offset += len(piece)
                missing -= len(piece)
            if offset >= len(run.text):
                index, offset = index + 1, 0
        found.append(Atom(word, merged(pieces)))
    return found
