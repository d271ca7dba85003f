"""Places for values found in the words of a form: `{{ name: type(args) "Label" }}`."""

import re
from dataclasses import dataclass, field
from typing import Final

from zabota.contracts.docx.read.inline import merged
from zabota.contracts.text.fields import FieldProblem, FieldSpec, parse_token
from zabota.contracts.text.tree import Field, Mark, Run, Text

BRACES: Final = re.compile(r"\{\{(.*?)\}\}")


@dataclass(slots=True)
class Tokens:
    """Collects the fields of a form; a field is declared once and may be mentioned often."""

    specs: dict[str, FieldSpec] = field(default_factory=dict)
    troubles: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def find(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """Put fields in the place of their tokens, which Word may have cut into several runs."""
        found: list[Run] = []
        stretch: list[Text] = []
        for run in runs:
            if isinstance(run, Text):
                stretch.append(run)
                continue
            found.extend(self._in_stretch(stretch))
            stretch = []
            found.append(run)
        return merged([*found, *self._in_stretch(stretch)])

    def _in_stretch(self, stretch: list[Text]) -> list[Run]:
        words = "".join(text.text for text in stretch)
        if "{{" not in words:
            if "}}" in words:
                self._trouble("field_syntax", words)
            return list(stretch)
        found: list[Run] = []
        done = 0
        for match in BRACES.finditer(words):
            name = self._declare(match[1])
            if name is None:
                continue
            found.extend(_cut(stretch, done, match.start()))
            found.append(Field(name, _marks_at(stretch, match.start(1))))
            done = match.end()
        rest = _cut(stretch, done, len(words))
        if any("{{" in text.text for text in rest) and not BRACES.search(words[done:]):
            self._trouble("field_syntax", words[done:])
        return [*found, *rest]

    def _declare(self, token: str) -> str | None:
        try:
            spec = parse_token(token)
        except FieldProblem as problem:
            self.troubles.append((problem.code, problem.params))
            return None
        known = self.specs.get(spec.name)
        bare = re.fullmatch(r"\s*[\w.]+\s*", token) is not None
        if known is None or (not bare and self._is_bare(known)):
            self.specs[spec.name] = spec
        elif not bare and spec != known:
            self.troubles.append(("field_conflict", {"name": spec.name, "token": token.strip()}))
        return spec.name

    @staticmethod
    def _is_bare(spec: FieldSpec) -> bool:
        return spec == parse_token(spec.name)

    def _trouble(self, code: str, words: str) -> None:
        self.troubles.append((code, {"token": " ".join(words.split())[:120]}))


def _cut(stretch: list[Text], start: int, end: int) -> list[Text]:
    cut: list[Text] = []
    at = 0
    for text in stretch:
        piece = text.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            cut.append(Text(piece, text.marks))
        at += len(text.text)
    return cut


def _marks_at(stretch: list[Text], place: int) -> tuple[Mark, ...]:
    at = 0
    for text in stretch:
        at += len(text.text)
        if place < at:
            return text.marks
    return stretch[-1].marks
