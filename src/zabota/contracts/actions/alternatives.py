"""What the firm agrees to beforehand: variants of clauses written, replaced, withdrawn; rules for
the values of fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.contracts.actions.versions import keep_wordings
from zabota.contracts.changes import field_homes
from zabota.contracts.drafts import digest_of
from zabota.contracts.entries import (
    ALTERNATIVE_REPLACED,
    ALTERNATIVE_WITHDRAWN,
    ALTERNATIVE_WRITTEN,
    LIMITS_SET,
)
from zabota.contracts.fast_lane.limits import ends_words
from zabota.contracts.models import (
    Alternative,
    Change,
    ContractTemplate,
    FieldLimit,
    SeenBy,
    TemplateEdition,
    ValueRule,
)
from zabota.contracts.routing import conditions_from_json
from zabota.contracts.rules import may_agree_beforehand
from zabota.contracts.stored import load_texts, load_wordings, node_of
from zabota.contracts.text.edit.places import edited
from zabota.contracts.text.json import blocks_from_json, blocks_to_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.journal.actions import lock_stream, record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused


@dataclass(frozen=True)
class AlternativeWords:
    """What is typed of a variant: its words by place (see `plain_parts`), name, who sees it, terms
    as stored conditions.
    """

    texts: Mapping[str, str]
    name_ru: str
    name_en: str = ""
    seen_by: str = SeenBy.STAFF
    terms: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def write_alternative(
    edition: TemplateEdition,
    clause: str,
    words: AlternativeWords,
    *,
    by: StaffViewer | None,
    at: datetime,
    start: str = "",
    source: Change | None = None,
) -> Alternative:
    """Agree in advance to a wording of a clause. It is typed over the form's own words, or over
    those of the wording `start`; EditProblem says what cannot be taken over.
    """
    stream = lock_stream(edition.template.stream_id)
    node = node_of(edition.tree, clause)
    if node is None or not may_agree_beforehand(by, node.get("c", "general"), at):
        raise PermissionDenied
    digest = _kept_wording(edition, node["w"], start or node["w"], words)
    row = _made(edition, node, words, digest, by=by, at=at, source=source)
    record(
        stream,
        ALTERNATIVE_WRITTEN,
        by=by.user.pk if by else None,
        at=at,
        alternative=row.pk,
        name=_name(row),
        clause=_number(edition, clause),
    )
    return row


@transaction.atomic
def replace_alternative(
    old: Alternative,
    edition: TemplateEdition,
    words: AlternativeWords,
    *,
    by: StaffViewer,
    at: datetime,
) -> Alternative:
    """A newer edition of a variant: the old one is offered no more, and stays to be read."""
    stream = lock_stream(edition.template.stream_id)
    old = Alternative.objects.get(pk=old.pk)
    node = node_of(edition.tree, old.clause)
    if node is None or not may_agree_beforehand(by, node.get("c", "general"), at):
        raise PermissionDenied
    _retire(old, by, at)
    digest = _kept_wording(edition, node["w"], old.wording, words)
    row = _made(edition, node, words, digest, by=by, at=at, replaces=old)
    record(
        stream,
        ALTERNATIVE_REPLACED,
        by=by.user.pk,
        at=at,
        alternative=row.pk,
        name=_name(row),
        number=row.number,
    )
    return row


@transaction.atomic
def withdraw_alternative(alternative: Alternative, *, by: StaffViewer, at: datetime) -> Alternative:
    """It is offered no more and spares nobody an answer; what was agreed by it stays agreed."""
    stream = lock_stream(alternative.template.stream_id)
    row = Alternative.objects.get(pk=alternative.pk)
    if not may_agree_beforehand(by, row.concern, at):
        raise PermissionDenied
    _retire(row, by, at)
    record(
        stream,
        ALTERNATIVE_WITHDRAWN,
        by=by.user.pk,
        at=at,
        alternative=row.pk,
        name=_name(row),
    )
    return row


@transaction.atomic
def set_limits(
    edition: TemplateEdition,
    rules: Mapping[str, tuple[str, Decimal | None, Decimal | None]],
    *,
    by: StaffViewer | None,
    at: datetime,
) -> int:
    """Which values of fields need nobody: by field, a `ValueRule` with its least and most. Says how
    many have changed; a field of a direction that is not theirs cannot.
    """
    stream = lock_stream(edition.template.stream_id)
    stood = {row.field: row for row in FieldLimit.objects.filter(template=edition.template)}
    changed = {name: told for name, told in rules.items() if told != _told(stood.get(name))}
    concerns = concerns_of_fields(edition)
    if any(not may_agree_beforehand(by, concerns.get(name, ""), at) for name in changed):
        raise PermissionDenied
    if not changed:
        return 0
    for name, (rule, least, most) in changed.items():
        _check_ends(rule, least, most)
        FieldLimit.objects.update_or_create(
            template=edition.template,
            field=name,
            defaults={
                "rule": rule,
                "least": least,
                "most": most,
                "set_by": by.user if by else None,
                "set_at": at,
            },
        )
    record(
        stream,
        LIMITS_SET,
        by=by.user.pk if by else None,
        at=at,
        form=edition.template_id,
        what=_what(edition, changed),
    )
    return len(changed)


def concerns_of_fields(edition: TemplateEdition) -> dict[str, str]:
    """The direction each field of a form belongs to: that of the clause it first stands in."""
    (text,) = load_texts(edition.tree)
    return {name: text.attributes[home].concern for name, home in field_homes(text).items()}


def _kept_wording(edition: TemplateEdition, own: str, start: str, words: AlternativeWords) -> str:
    stored = load_wordings([start])
    if start not in stored:
        raise PermissionDenied
    fields = {told["name"] for told in edition.fields}
    blocks = blocks_to_json(edited(blocks_from_json(stored[start]), dict(words.texts), fields))
    digest = digest_of(blocks)
    if digest == own:
        raise Refused("own_words", _("These are the words of the form: they need no variant."))
    keep_wordings({digest: blocks})
    return digest


def _made(
    edition: TemplateEdition,
    node: Mapping[str, Any],
    words: AlternativeWords,
    digest: str,
    *,
    by: StaffViewer | None,
    at: datetime,
    source: Change | None = None,
    replaces: Alternative | None = None,
) -> Alternative:
    template: ContractTemplate = edition.template
    same = Alternative.objects.in_force().filter(
        template=template, clause=node["id"], wording=digest
    )
    if same.exists():
        raise Refused("already_agreed", _("This very wording is an agreed variant already."))
    conditions_from_json(words.terms)
    return Alternative.objects.create(
        template=template,
        clause=node["id"],
        number=replaces.number + 1 if replaces else 1,
        replaces=replaces,
        concern=node.get("c", "general"),
        name_ru=words.name_ru,
        name_en=words.name_en,
        wording=digest,
        seen_by=words.seen_by,
        terms=words.terms,
        source=source,
        made_by=by.user if by else None,
        made_at=at,
    )


def _retire(row: Alternative, by: StaffViewer, at: datetime) -> None:
    if row.withdrawn_at is not None:
        raise Refused("withdrawn", _("This variant is not in force any more."))
    row.withdrawn_by, row.withdrawn_at = by.user, at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _name(row: Alternative) -> dict[str, str]:
    return {"ru": row.name("ru"), "en": row.name("en")}


def _number(edition: TemplateEdition, clause: str) -> str:
    (text,) = load_texts(edition.tree)
    shown = numbers(text.document).get(clause, "")
    return plain_number(shown) if shown else "—"


def _told(row: FieldLimit | None) -> tuple[str, Decimal | None, Decimal | None]:
    return (row.rule, row.least, row.most) if row else (ValueRule.ASK, None, None)


def _check_ends(rule: str, least: Decimal | None, most: Decimal | None) -> None:
    if rule == ValueRule.WITHIN and least is None and most is None:
        raise Refused("no_ends", _("Please give at least one end of the limit."))
    if least is not None and most is not None and least > most:
        raise Refused("ends_crossed", _("The least is more than the most."))


def _what(
    edition: TemplateEdition,
    changed: Mapping[str, tuple[str, Decimal | None, Decimal | None]],
) -> dict[str, str]:
    labels = {told["name"]: told.get("label") or told["name"] for told in edition.fields}
    rows: Iterable[tuple[str, tuple[str, Decimal | None, Decimal | None]]] = changed.items()
    said: dict[str, list[str]] = {"ru": [], "en": []}
    for name, (rule, least, most) in rows:
        for language, words in RULE_WORDS.items():
            ends = f" {ends_words(least, most, language)}" if rule == ValueRule.WITHIN else ""
            said[language].append(f"{labels.get(name, name)}: {words[rule]}{ends}")
    return {language: "; ".join(parts) for language, parts in said.items()}


# Entries keep their words in both languages.
RULE_WORDS: dict[str, dict[str, str]] = {
    "ru": {"ask": "спрашивать всегда", "within": "в пределах", "any": "любое значение"},
    "en": {"ask": "always ask", "within": "within", "any": "any value"},
}
