"""Forms: entered with a card, their card changed; a Word file becomes an edition."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.common.files import keep_file
from zabota.contracts.actions.inherit import Inherited, inherit_fields, inherit_text
from zabota.contracts.actions.versions import keep_wordings
from zabota.contracts.docx.guard import defuse, inspect
from zabota.contracts.docx.read import FORM_FAULTS, Reading, Remark, read
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.entries import (
    EDITION_MADE,
    FORM_CHANGED,
    FORM_OPENED,
)
from zabota.contracts.models import ContractTemplate, TemplateEdition
from zabota.contracts.stored import tree_of
from zabota.contracts.text.references import link
from zabota.journal.actions import lock_stream, open_stream, record
from zabota.people.access import StaffViewer
from zabota.people.rules import has_power

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Unfit(Refused):
    """A file that can be read but is no form yet; `faults` are all that its lawyer has to mend."""

    def __init__(self, faults: Sequence[Remark]) -> None:
        super().__init__(faults[0].code, **faults[0].params)
        self.faults = tuple(faults)


def may_edit_forms(by: StaffViewer | None, at: datetime) -> bool:
    """Lawyers with the power to edit forms, and administrators; None is the system itself."""
    if by is None:
        return True
    return not by.read_only and (
        by.employee.is_administrator or has_power(by.employee, "templates", at)
    )


@transaction.atomic
def open_template(
    slug: str,
    *,
    by: StaffViewer | None,
    at: datetime,
    kind: str,
    language: str,
    titles: tuple[str, str],
    about: Mapping[str, Any] | None = None,
    usual_days: int = 3,
    foreign: bool = False,
    offered: bool = True,
) -> ContractTemplate:
    """A new form that clients may pick, once it has an edition in force. `titles` are (ru, en)."""
    if not may_edit_forms(by, at):
        raise PermissionDenied
    template = ContractTemplate.objects.create(
        slug=slug,
        kind=kind,
        language=language,
        title_ru=titles[0],
        title_en=titles[1],
        about=dict(about or {}),
        usual_days=usual_days,
        foreign=foreign,
        offered=offered and not foreign,
        stream=open_stream(),
    )
    record(
        template.stream,
        FORM_OPENED,
        by=by.user.pk if by else None,
        at=at,
        form=template.pk,
    )
    return template


@transaction.atomic
def add_form(
    data: bytes, *, by: StaffViewer, at: datetime, card: Mapping[str, Any]
) -> TemplateEdition:
    """A form that was not there before, with its first edition. Refused leaves nothing behind.

    `card` holds kind, language, titles and, where known, about, usual_days and offered.
    """
    slug = _free_slug(f"{card['kind']}-{card['language']}")
    template = open_template(slug, by=by, at=at, **card)
    return import_form(template, data, by=by, at=at)


def _free_slug(base: str) -> str:
    taken = set(
        ContractTemplate.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def change_form(
    template: ContractTemplate, *, by: StaffViewer, at: datetime, card: Mapping[str, Any]
) -> ContractTemplate:
    """What stands on the card: titles, words beside it, usual days, offered to clients or not."""
    stream = lock_stream(template.stream_id)
    template = ContractTemplate.objects.get(pk=template.pk)
    if not may_edit_forms(by, at):
        raise PermissionDenied
    values = {name: value for name, value in card.items() if name != "titles"}
    values["title_ru"], values["title_en"] = card["titles"]
    changed = [name for name, value in values.items() if getattr(template, name) != value]
    if not changed:
        return template
    for name in changed:
        setattr(template, name, values[name])
    template.save(update_fields=changed)
    record(stream, FORM_CHANGED, by=by.user.pk, at=at, form=template.pk, changed=sorted(changed))
    return template


@transaction.atomic
def import_form(
    template: ContractTemplate,
    data: bytes,
    *,
    by: StaffViewer | None,
    at: datetime,
    revisions: str = "refuse",
    reading: Reading | None = None,
) -> TemplateEdition:
    """Make an edition of a Word file. Refused says why it cannot be taken, naming what and where.

    Clauses that stood in the edition before keep their id, direction and lock, if their words are
    alike; fields keep their help, and the route is the same. What leads out of the file is dropped.
    """
    if not may_edit_forms(by, at):
        raise PermissionDenied
    inspect(data)
    data = defuse(data)
    found = reading or read(data, revisions=revisions)  # type: ignore[arg-type]
    faults = [remark for remark in found.warnings if remark.code in FORM_FAULTS]
    if faults:
        raise Unfit(faults)
    stream = lock_stream(template.stream_id)
    before = template.editions.select_related("route").order_by("-number").first()
    text = inherit_text(before, link(found.document))
    tree, wordings = tree_of(text.document, text.attributes)
    keep_wordings(wordings)
    number = before.number + 1 if before else 1
    edition = TemplateEdition.objects.create(
        template=template,
        number=number,
        source=keep_file(data, DOCX, at=at),
        tree=tree,
        fields=inherit_fields(before, found.fields),
        kept=_kept(found, text),
        route=before.route if before else None,
        made_by=by.user if by else None,
        made_at=at,
    )
    record(
        stream,
        EDITION_MADE,
        by=by.user.pk if by else None,
        at=at,
        number=number,
        edition=edition.pk,
    )
    return edition


def _kept(found: Reading, text: Inherited) -> dict[str, Any]:
    """What stands in the file besides words, what is to be looked at, and what is new."""
    return {
        "objects": found.objects,
        "things": [
            asdict(thing) | {"clause": text.names.get(thing.clause, thing.clause)}
            for thing in found.kept
        ],
        "remarks": [asdict(remark) for remark in found.warnings],
        "fresh": list(text.fresh),
        "unsure": list(text.unsure),
    }
