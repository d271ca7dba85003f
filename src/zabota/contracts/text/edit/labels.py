"""Fields under the names their readers know: `{{delivery_date}}` is edited as `{{Срок поставки}}`.

Only what stands in a text area bears labels. A wording, its revision and everything that is stored
keeps names, so that a label may be mended or translated without touching any text.
"""

from collections import Counter
from collections.abc import Mapping
from re import Match

from zabota.contracts.text.edit.plain import TOKEN

_SIGNS = "#^!"


class FieldLabels:
    """What the fields of one form are called, and back again: a label, in any of the languages
    given, or the name itself names a field.

    `shown` are labels by name in the reader's language, in the order of the form; `also` the same
    in other languages. Two fields of one label are told apart by a number, and the bare label names
    neither of them.
    """

    def __init__(self, shown: Mapping[str, str], *also: Mapping[str, str]) -> None:
        self._given, self._also = shown, also
        self.shown = told_apart(shown)
        self._names: dict[str, str] = {}
        for labels in (self.shown, *map(told_apart, also)):
            for name, label in labels.items():
                self._names.setdefault(_key(label), name)

    def labelled(self, text: str) -> str:
        """Plain text with labels in place of names."""
        return TOKEN.sub(self._label, text)

    def named(self, text: str) -> str:
        """Plain text as it is stored: names in place of labels. An unknown token stays as typed, so
        that it is refused under the words its writer used."""
        return TOKEN.sub(self._name, text)

    def beside(self, references: Mapping[str, str]) -> "FieldLabels":
        """The same with the references of one clause, `#clause` or `^note`, under what their
        readers know them by."""
        if not references:
            return self
        return FieldLabels({**self._given, **references}, *self._also)

    def token(self, name: str) -> str:
        """How one field is written in a text area."""
        return "{{" + self.shown.get(name, name) + "}}"

    def _label(self, match: Match[str]) -> str:
        return self.token(match[1]) if match[1] in self.shown else match[0]

    def _name(self, match: Match[str]) -> str:
        token = match[1]
        if token in self.shown or token[0] in _SIGNS:
            return match[0]
        name = self._names.get(_key(token))
        return match[0] if name is None else "{{" + name + "}}"


def told_apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels that may stand between braces, each for one field alone; one that cannot be told from
    another field's name is numbered too."""
    clean = {name: _clean(label) or name for name, label in labels.items()}
    names = {_key(name): name for name in clean}
    alike = Counter(map(_key, clean.values()))
    taken = set(names) | set(alike)
    found, counted = {}, Counter[str]()
    for name, label in clean.items():
        key = _key(label)
        if alike[key] == 1 and names.get(key, name) == name:
            found[name] = label
            continue
        counted[key] += 1
        while _key(f"{label} ({counted[key]})") in taken:
            counted[key] += 1
        found[name] = f"{label} ({counted[key]})"
    return found


def labelled_all(texts: Mapping[str, str], labels: FieldLabels) -> dict[str, str]:
    """Several texts by their place."""
    return {place: labels.labelled(text) for place, text in texts.items()}


def named_all(texts: Mapping[str, str], labels: FieldLabels) -> dict[str, str]:
    """Several texts by their place, as they are stored."""
    return {place: labels.named(text) for place, text in texts.items()}


def _clean(label: str) -> str:
    plain = "".join(" " if sign in "{}" else sign for sign in label)
    return " ".join(plain.split()).lstrip(_SIGNS).strip()


def _key(words: str) -> str:
    return " ".join(words.split()).casefold()
