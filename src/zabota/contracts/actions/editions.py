"""Editions of a form: a draft gets its directions, locks, fields and route; it comes into force, is
withdrawn. Contracts under way keep the edition they began from."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.contracts.actions.forms import may_edit_forms
from zabota.contracts.entries import EDITION_CHANGED, EDITION_IN_FORCE, EDITION_WITHDRAWN
from zabota.contracts.models import EditionState, Route, TemplateEdition
from zabota.contracts.stored import Attributes, Tree, nodes
from zabota.journal.actions import lock_stream, record
from zabota.people.access import StaffViewer


class NotADraft(Exception):
    """An edition in force or withdrawn is not changed; a new one is made instead."""


class EditionMoved(Exception):
    """Somebody saved this edition after the page was opened; nothing is overwritten unseen."""


class RouteMissing(Exception):
    """An edition comes into force only with an approval route."""


@transaction.atomic
def change_edition(
    edition: TemplateEdition,
    *,
    by: StaffViewer | None,
    at: datetime,
    attributes: Mapping[str, Attributes] | None = None,
    fields: Iterable[Mapping[str, Any]] | None = None,
    route: Route | None = None,
    seen: str | None = None,
) -> TemplateEdition:
    """Set directions and locks of clauses, what fields ask, and the route of a draft edition.

    `seen` is the revision somebody looked at (`edition_revision`): EditionMoved if it is older.
    """
    stream = lock_stream(edition.template.stream_id)
    edition = TemplateEdition.objects.select_related("template").get(pk=edition.pk)
    if not may_edit_forms(by, at):
        raise PermissionDenied
    if edition.state != EditionState.DRAFT:
        raise NotADraft
    before = edition_revision(edition)
    if seen is not None and seen != before:
        raise EditionMoved
    _set_attributes(edition.tree, attributes or {})
    if fields is not None:
        edition.fields = [dict(field) for field in fields]
    if route is not None:
        edition.route = route
    if edition_revision(edition) == before:
        return edition
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


def edition_revision(edition: TemplateEdition) -> str:
    """A name for what an edition holds now: directions and locks, fields, route."""
    clauses = [
        [node["id"], node.get("c", ""), node.get("l", False)] for node in nodes(edition.tree)
    ]
    told = json.dumps([clauses, edition.fields, edition.route_id], sort_keys=True)
    return sha256(told.encode()).hexdigest()[:16]


def _set_attributes(tree: Tree, attributes: Mapping[str, Attributes]) -> None:
    for node in nodes(tree):
        told = attributes.get(node["id"])
        if told is None:
            continue
        node["c"] = told.concern
        node.pop("l", None)
        if told.locked:
            node["l"] = True


@transaction.atomic
def put_in_force(
    edition: TemplateEdition, *, by: StaffViewer | None, at: datetime
) -> TemplateEdition:
    """From now on new contracts begin from this edition; the one before is withdrawn, contracts
    under way keep theirs."""
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
