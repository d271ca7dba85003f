"""Forms: a Word file becomes an edition; directions and fields are set; it comes into force, is withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from zabota.common.files import keep_file
from zabota.contracts.actions.versions import keep_wordings
from zabota.contracts.docx.read import FORM_FAULTS, Reading, read
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.entries import (
    EDITION_CHANGED,
    EDITION_IN_FORCE,
    EDITION_MADE,
    EDITION_WITHDRAWN,
)
from zabota.contracts.models import ContractTemplate, EditionState, Route, TemplateEdition
from zabota.contracts.stored import Attributes, nodes, tree_of
from zabota.contracts.text.references import link
from zabota.journal.actions import lock_stream, open_stream, record
from zabota.people.access import StaffViewer
from zabota.people.rules import has_power

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NotADraft(Exception):
    """An edition in force or withdrawn is not changed; a new one is made instead."""


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
) -> ContractTemplate:
    """A new form that clients may pick, as soon as it has an edition in force. `titles` are (ru, en)."""
    if not may_edit_forms(by, at):
        raise PermissionDenied
    return ContractTemplate.objects.create(
        slug=slug,
        kind=kind,
        language=language,
        title_ru=titles[0],
        title_en=titles[1],
        about=dict(about or {}),
        usual_days=usual_days,
        foreign=foreign,
        offered=not foreign,
        stream=open_stream(),
    )


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
    """Make an edition of a Word file. Refused says why a file cannot be taken, naming what and where.

    Clauses that stood in the edition before keep their direction and lock, if their words are alike.
    """
    if not may_edit_forms(by, at):
        raise PermissionDenied
    found = reading or read(data, revisions=revisions)  # type: ignore[arg-type]
    faults = [remark for remark in found.warnings if remark.code in FORM_FAULTS]
    if faults:
        raise Refused(faults[0].code, **faults[0].params)
    stream = lock_stream(template.stream_id)
    document = link(found.document)
    tree, wordings = tree_of(document, {})
    keep_wordings(wordings)
    number = (template.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = TemplateEdition.objects.create(
        template=template,
        number=number,
        source=keep_file(data, DOCX, at=at),
        tree=tree,
        fields=[asdict(spec) | {"args": list(spec.args)} for spec in found.fields],
        kept={
            "objects": found.objects,
            "things": [asdict(thing) for thing in found.kept],
            "remarks": [asdict(remark) for remark in found.warnings],
        },
        made_by=by.user if by else None,
        made_at=at,
    )
    record(stream, EDITION_MADE, by=by.user.pk if by else None, at=at, number=number, edition=edition.pk)
    return edition


@transaction.atomic
def change_edition(
    edition: TemplateEdition,
    *,
    by: StaffViewer | None,
    at: datetime,
    attributes: Mapping[str, Attributes] | None = None,
    fields: Iterable[Mapping[str, Any]] | None = None,
    route: Route | None = None,
) -> TemplateEdition:
    """Set directions and locks of clauses, what is asked in fields, and the route of a draft edition."""
    stream = lock_stream(edition.template.stream_id)
    edition = TemplateEdition.objects.select_related("template").get(pk=edition.pk)
    if not may_edit_forms(by, at):
        raise PermissionDenied
    if edition.state != EditionState.DRAFT:
        raise NotADraft
    if attributes is not None:
        for node in nodes(edition.tree):
            told = attributes.get(node["id"])
            if told is not None:
                node["c"] = told.concern
                node.pop("l", None)
                if told.locked:
                    node["l"] = True
    if fields is not None:
        edition.fields = [dict(field) for field in fields]
    if route is not None:
        edition.route = route
    edition.save(update_fields=["tree", "fields", "route"])
    record(
        stream,
        EDITION_CHANGED,
        by=by.user.pk if by else None,
        at=at,
        number=edition.number,
        edition=edition.pk,
    )
    return edition


class RouteMissing(Exception):
    """An edition comes into force only with an approval route."""


@transaction.atomic
def put_in_force(
    edition: TemplateEdition, *, by: StaffViewer | None, at: datetime
) -> TemplateEdition:
    """From now on new contracts begin from this edition; the one before is withdrawn, contracts under
    way keep theirs."""
    stream = lock_stream(edition.template.stream_id)
    edition = TemplateEdition.objects.select_related("template", "route").get(pk=edition.pk)
    if not may_edit_forms(by, at):
        raise PermissionDenied
    if edition.state != EditionState.DRAFT:
        raise NotADraft
    if edition.route is None:
        raise RouteMissing
    TemplateEdition.objects.filter(template=edition.template, state=EditionState.IN_FORCE).update(
        state=EditionState.WITHDRAWN, withdrawn_at=at
    )
    edition.state, edition.in_force_since = EditionState.IN_FORCE, at
    edition.save(update_fields=["state", "in_force_since"])
    record(
        stream,
        EDITION_IN_FORCE,
        by=by.user.pk if by else None,
        at=at,
        number=edition.number,
        edition=edition.pk,
    )
    return edition


@transaction.atomic
def withdraw_edition(edition: TemplateEdition, *, by: StaffViewer, at: datetime) -> TemplateEdition:
    """New contracts no longer begin from it."""
    stream = lock_stream(edition.template.stream_id)
    edition = TemplateEdition.objects.select_related("template").get(pk=edition.pk)
    if not may_edit_forms(by, at):
        raise PermissionDenied
    if edition.state == EditionState.WITHDRAWN:
        return edition
    if edition.state == EditionState.DRAFT:
        edition.in_force_since = at
    edition.state, edition.withdrawn_at = EditionState.WITHDRAWN, at
    edition.save(update_fields=["state", "withdrawn_at", "in_force_since"])
    record(
        stream, EDITION_WITHDRAWN, by=by.user.pk, at=at, number=edition.number, edition=edition.pk
    )
    return edition
