"""What fields are called in the text areas of a form's clauses."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, override

from zabota.contracts.reading.values import labels_of
from zabota.contracts.text.edit import FieldLabels
from zabota.contracts.text.fields import form_of

# A form of a value is called by its field: «Цена, прописью».
FORM_WORDS = {
    "words": gettext_lazy("in words"),
    "gen": gettext_lazy("genitive"),
    "dat": gettext_lazy("dative"),
    "acc": gettext_lazy("accusative"),
    "ins": gettext_lazy("instrumental"),
    "loc": gettext_lazy("prepositional"),
    "acting": gettext_lazy("acting on the basis"),
}


def field_labels(fields: Iterable[Mapping[str, Any]]) -> FieldLabels:
    """The fields of a form under their labels in the reader's language; those of the other
    languages are understood too, for a text kept in a browser before the language was changed."""
    fields = list(fields)
    others = [code for code, _ in settings.LANGUAGES if code != get_language()]
    also = []
    for code in others:
        with override(code):
            also.append(_labels(fields))
    return FieldLabels(_labels(fields), *also)


def _labels(fields: list[Mapping[str, Any]]) -> dict[str, str]:
    told = labels_of(fields)
    found = {}
    for spec in fields:
        name = spec["name"]
        base, form = form_of(name)
        own = form and told[name] != told.get(base, told[name]) and bool(spec.get("label"))
        found[name] = f"{told[name]}, {FORM_WORDS[form]}" if form and not own else told[name]
    return found


def field_tokens(fields: Iterable[Mapping[str, Any]]) -> list[str]:
    """How each field of a form is written in a text area, in the order of the form."""
    labels = field_labels(fields)
    return [labels.token(name) for name in labels.shown]
