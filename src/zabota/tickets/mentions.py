"""Whom a note calls: «@Ольга Петрова», «@Петрова». Plain questions about text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_AT = re.compile(r"(?<![\w.@-])@(?=\w)")
# What is shown of a name nobody bears.
_WORD = re.compile(r"\w[\w-]*")


@dataclass(frozen=True)
class Called:
    """Those who are called, each once, in the order of the text; names nobody bears or several."""

    people: list[int]
    unknown: list[str]


def find_mentions(text: str, names: Mapping[int, Iterable[str]]) -> Called:
    """Who is called by name after an «@»: by the whole name or by one word of it, where that is
    only theirs. `names` are the names a person goes by.
    """
    forms = _forms(names)
    people: list[int] = []
    unknown: list[str] = []
    for sign in _AT.finditer(text):
        rest = _folded(text[sign.end() :])
        found = _longest(rest, forms)
        if found is not None and len(found) == 1:
            people += [one for one in found if one not in people]
        else:
            word = _WORD.match(text, sign.end())
            unknown.append(word[0] if word else "")
    return Called(people, unknown)


def _longest(rest: str, forms: Mapping[str, set[int]]) -> set[int] | None:
    fitting = [
        form
        for form in forms
        if rest.startswith(form) and not re.match(r"\w", rest[len(form) : len(form) + 1])
    ]
    return forms[max(fitting, key=len)] if fitting else None


def _forms(names: Mapping[int, Iterable[str]]) -> dict[str, set[int]]:
    """Each name whole, without blanks, and word by word, with all who bear it."""
    forms: dict[str, set[int]] = {}
    for person, known in names.items():
        for name in known:
            words = _folded(name).split()
            for form in (" ".join(words), "".join(words), *words):
                if form:
                    forms.setdefault(form, set()).add(person)
    return forms


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("\xa0", " ")
