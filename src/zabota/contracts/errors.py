"""Likely errors of a contract: looked for once per text and values, kept while they are asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

from zabota.contracts.lint import Finding, lint
from zabota.contracts.models import Contract
from zabota.contracts.parties import is_asked
from zabota.contracts.reading.values import contract_values
from zabota.contracts.stored import StoredText, Tree, field_spec
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.contracts.text.json import dump
from zabota.contracts.text.tree import Document
from zabota.contracts.word_forms import forms_of_values

CARD = ("inn", "kpp", "ogrn", "bik", "account", "corr_account")


@dataclass(frozen=True)
class _Asked:
    """A text with its values, known by the digest of both."""

    digest: str
    document: Document = field(compare=False)
    language: str = field(compare=False)
    shown: Mapping[str, str] = field(compare=False)
    values: Mapping[str, str] = field(compare=False)
    fields: Iterable[Mapping[str, Any]] = field(compare=False)


def errors_in(
    contract: Contract, tree: Tree, text: StoredText, values: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Everything likely wrong in this text with these values, parties' details included; fields
    the client is still asked for are no errors: sending asks for them.
    """
    form = contract.edition
    language = form.template.language
    shown = contract_values(contract, values, language)
    digest = sha256(dump([tree, form.pk, language, shown]).encode()).hexdigest()
    normal = {
        **forms_of_values(form.fields, values, language),
        **normal_values(form.fields, values),
    }
    found = _found(_Asked(digest, text.document, language, shown, normal, form.fields))
    return tuple(
        one for one in found if one.code != "field_empty" or not is_asked(one.params["field"])
    )


def for_side(found: Iterable[Finding], side: str) -> list[Finding]:
    """What this side may read: what is wrong with our own card is ours alone."""
    return [one for one in found if side == "ours" or not one.ours]


@lru_cache(maxsize=500)
def _found(asked: _Asked) -> tuple[Finding, ...]:
    cards = {
        side: {name: asked.values.get(f"{side}.{name}", "") for name in CARD}
        for side in ("firm", "client")
    }
    return tuple(
        lint(
            asked.document,
            language=asked.language,
            shown=asked.shown,
            values=asked.values,
            fields=asked.fields,
            cards=cards,
        )
    )


def normal_values(fields: Iterable[Mapping[str, Any]], values: Mapping[str, str]) -> dict[str, str]:
    """Values in their normal form; one that has none stays as it was typed."""
    found = dict(values)
    for told in fields:
        typed = values.get(told["name"], "")
        if not typed or not is_asked(told["name"]):
            continue
        try:
            found[told["name"]] = clean(field_spec(told), typed, values=values)
        except FieldProblem:
            continue
    return found
