"""The forms and routes that come with Zabota, laid into a new firm."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.contracts.actions.editions import change_edition, put_in_force
from zabota.contracts.actions.forms import import_form, open_template
from zabota.contracts.actions.routes import save_route
from zabota.contracts.actions.shipped_routes import FIRST_ROUTES
from zabota.contracts.entries import FORMS_LAID
from zabota.contracts.models import ContractTemplate, Route, TemplateEdition
from zabota.contracts.rules import may_lay_shipped_forms
from zabota.contracts.stored import Attributes, Node, load_texts
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.words import blocks_text
from zabota.journal.actions import lock_stream, record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused

FOLDER = Path(__file__).resolve().parent.parent / "shipped"
ANNEX = ("приложение", "annex", "schedule", "спецификация", "specification")


@transaction.atomic
def lay_shipped_forms(*, by: StaffViewer | None, at: datetime) -> list[TemplateEdition]:
    """Give a firm the forms it has not got yet of those that come with Zabota, in force, and a
    first route where they need one: whose seat nobody has been given falls to an administrator,
    so that it ends in a firm of one.
    """
    if not may_lay_shipped_forms(by, at):
        raise PermissionDenied
    stream = lock_stream(current_firm().stream_id)
    laid = install_shipped_forms(_first_routes(by, at), by=by, at=at)
    if not laid:
        raise Refused("nothing_to_lay", _("All the ready forms are there already."))
    record(stream, FORMS_LAID, by=by.user.pk if by else None, at=at, count=len(laid))
    return laid


def _first_routes(by: StaffViewer | None, at: datetime) -> dict[str, Route]:
    """The routes ready forms go by; one the firm has made its own stays as it is."""
    for slug, (names, spec) in FIRST_ROUTES.items():
        if not Route.objects.filter(slug=slug).exists():
            save_route(slug, spec, by=by, at=at, names=names)
    return {route.slug: route for route in Route.objects.all()}


def install_shipped_forms(
    routes: Mapping[str, Route],
    *,
    by: StaffViewer | None,
    at: datetime,
    only: tuple[str, ...] = (),
) -> list[TemplateEdition]:
    """Lay every shipped form that is not there yet and put it in force; `routes` by name."""
    catalogue = json.loads((FOLDER / "forms.json").read_text(encoding="utf-8"))
    there = set(ContractTemplate.objects.values_list("slug", flat=True))
    return [
        _install(form, routes, by, at)
        for form in catalogue
        if form["slug"] not in there and (not only or form["slug"] in only)
    ]


def _install(
    form: dict[str, Any], routes: Mapping[str, Route], by: StaffViewer | None, at: datetime
) -> TemplateEdition:
    template = open_template(
        form["slug"],
        by=by,
        at=at,
        kind=form["kind"],
        language=form["language"],
        titles=(form["title"]["ru"], form["title"]["en"]),
        about={name: form[name] for name in ("what_for", "payment", "term", "penalty")},
        usual_days=form["usual_days"],
    )
    edition = import_form(template, (FOLDER / form["file"]).read_bytes(), by=by, at=at)
    change_edition(
        edition,
        by=by,
        at=at,
        attributes=_attributes(form, edition),
        fields=_fields(form, edition),
        route=routes[form["default_route"]],
    )
    edition.refresh_from_db()
    return put_in_force(edition, by=by, at=at)


def _fields(form: dict[str, Any], edition: TemplateEdition) -> list[dict[str, Any]]:
    told = form["fields"]
    return [
        {
            **field,
            "required": told.get(field["name"], {}).get("required", field["required"]),
            "help": told.get(field["name"], {}).get("help", {}),
            "example": told.get(field["name"], {}).get("example", ""),
        }
        for field in edition.fields
    ]


def _attributes(form: dict[str, Any], edition: TemplateEdition) -> dict[str, Attributes]:
    """Directions by section, then single clauses by number; annexes by their order."""
    (text,) = load_texts(edition.tree)
    shown = numbers(text.document)
    found: dict[str, Attributes] = {}
    annex = 0

    def told(values: Mapping[str, Any]) -> Attributes:
        return Attributes(values.get("concern", "general"), values.get("locked", False))

    def lay(node: Node, inherited: Attributes, inside_annex: bool) -> None:
        number = plain_number(shown.get(node["id"], ""))
        mine = inherited
        if not inside_annex and number in form["overrides"]:
            mine = told(form["overrides"][number])
        found[node["id"]] = mine
        for child in node.get("ch", ()):
            lay(child, mine, inside_annex)

    for node, clause in zip(edition.tree["clauses"], text.document.clauses, strict=True):
        number = plain_number(shown.get(node["id"], ""))
        title = blocks_text(clause.blocks).strip().lower()
        if not number and title.startswith(ANNEX):
            annex += title.startswith(("приложение", "annex", "schedule"))
        if annex:
            lay(node, told(form.get("annexes", {}).get(str(annex), {})), True)
        else:
            # The title with the parties and the details at the end are not for a client to reword.
            section = form["sections"].get(number, {"concern": "general", "locked": not number})
            lay(node, told(section), False)
    return found
