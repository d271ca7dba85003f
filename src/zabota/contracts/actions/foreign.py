"""On the client's paper: their Word file becomes the text, beside the nearest form of ours."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from zabota.clients.models import Client
from zabota.common.files import keep_file
from zabota.common.models import File
from zabota.contracts.actions.forms import DOCX, open_template
from zabota.contracts.actions.start import start_contract
from zabota.contracts.actions.versions import keep_wordings
from zabota.contracts.compare.matching import match_clauses
from zabota.contracts.compare.nearest import nearest
from zabota.contracts.compare.rebase import rebase
from zabota.contracts.docx.guard import defuse, inspect
from zabota.contracts.docx.read import Reading, Revisions, read
from zabota.contracts.entries import EDITION_MADE
from zabota.contracts.models import (
    Contract,
    ContractTemplate,
    EditionState,
    Route,
    TemplateEdition,
)
from zabota.contracts.rules import Viewer, may_start_contract
from zabota.contracts.stored import Attributes, StoredText, flat, load_texts, tree_of
from zabota.contracts.text.references import link
from zabota.contracts.text.tree import Document
from zabota.journal.actions import lock_stream, record
from zabota.people.models import Employee


class NoFormYet(Exception):
    """There is no form in force to compare a foreign text with and to take a route from."""


@dataclass(frozen=True)
class Nearest:
    """The form of ours that a foreign text is most like: 0..1 how much, and that form's text."""

    edition: TemplateEdition
    likeness: float
    text: StoredText


def keep_paper(data: bytes, *, by: Viewer, at: datetime) -> File:
    """A file that was looked at and stands while its sender is asked something about it."""
    if not may_start_contract(by):
        raise PermissionDenied
    inspect(data)
    return keep_file(defuse(data), DOCX, at=at)


@transaction.atomic
def start_on_client_paper(
    client: Client,
    data: bytes,
    *,
    by: Viewer,
    at: datetime,
    revisions: Revisions = "refuse",
    owner: Employee | None = None,
    client_number: str = "",
) -> Contract:
    """Begin a contract whose text is the client's own. Refused says why the file is not taken.

    Clauses that are alike in our nearest form get their identity and direction, so that the two
    are compared clause by clause; the route is the one for such papers, or that form's.
    """
    if not may_start_contract(by):
        raise PermissionDenied
    inspect(data)
    data = defuse(data)
    reading = read(data, revisions=revisions)
    document = link(reading.document)
    found = nearest_form(document, client.language)
    edition = _lay_edition(_hidden_template(found, at), found, reading, document, data, by, at)
    contract = start_contract(
        edition, client, by=by, at=at, owner=owner, client_number=client_number
    )
    contract.foreign_paper, contract.source = True, edition.source
    contract.save(update_fields=["foreign_paper", "source"])
    return contract


def nearest_form(document: Document, language: str) -> Nearest:
    """Our form in force most like a text; where none is, one in the client's language."""
    editions = {
        str(edition.pk): edition
        for edition in TemplateEdition.objects.filter(
            state=EditionState.IN_FORCE, template__foreign=False
        )
        .select_related("template", "route")
        .order_by("pk")
    }
    if not editions:
        raise NoFormYet
    texts = dict(
        zip(editions, load_texts(*(edition.tree for edition in editions.values())), strict=True)
    )
    ranked = nearest(document, {pk: text.document for pk, text in texts.items()})
    best, likeness = max(
        ranked, key=lambda pair: (pair[1], editions[pair[0]].template.language == language)
    )
    return Nearest(editions[best], likeness, texts[best])


def rebased_on(text: StoredText, document: Document) -> tuple[Document, dict[str, Attributes]]:
    """A foreign text with the identities of our form where clauses surely match, and directions.

    What matches nothing of ours is of the direction of the clause before it. Nothing is locked:
    it is their paper.
    """
    matches = [match for match in match_clauses(text.document, document) if match.certain]
    based = rebase(document, matches)
    return based, dict(_directions(text.attributes, based))


def _directions(
    known: Mapping[str, Attributes], document: Document
) -> Iterator[tuple[str, Attributes]]:
    last = Attributes()
    for clause, _ in flat(document):
        last = replace(known.get(clause.id, last), locked=False)
        yield clause.id, last


def _hidden_template(found: Nearest, at: datetime) -> ContractTemplate:
    """The form no client picks, under which foreign texts of a kind and language lie."""
    like = found.edition.template
    slug = f"paper-{like.kind}-{like.language}"
    there = ContractTemplate.objects.filter(slug=slug).first()
    return there or open_template(
        slug,
        by=None,
        at=at,
        kind=like.kind,
        language=like.language,
        titles=(f"{like.title_ru} по тексту клиента", f"{like.title_en} on the client’s paper"),
        usual_days=like.usual_days,
        foreign=True,
    )


def _lay_edition(
    template: ContractTemplate,
    found: Nearest,
    reading: Reading,
    document: Document,
    data: bytes,
    by: Viewer,
    at: datetime,
) -> TemplateEdition:
    """An edition for this one contract: nobody else begins from it, so it is never in force.

    `kept["nearest"]` names the edition of ours it was found to be nearest to, and how much alike.
    """
    stream = lock_stream(template.stream_id)
    document, attributes = rebased_on(found.text, document)
    tree, wordings = tree_of(document, attributes)
    keep_wordings(wordings)
    number = (template.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = TemplateEdition.objects.create(
        template=template,
        number=number,
        state=EditionState.WITHDRAWN,
        in_force_since=at,
        withdrawn_at=at,
        source=keep_file(data, DOCX, at=at),
        tree=tree,
        fields=[asdict(spec) | {"args": list(spec.args)} for spec in reading.fields],
        kept={
            "objects": reading.objects,
            "things": [asdict(thing) for thing in reading.kept],
            "remarks": [asdict(remark) for remark in reading.warnings],
            "nearest": {"edition": found.edition.pk, "likeness": round(found.likeness, 3)},
        },
        route=Route.objects.filter(for_papers=True, current__isnull=False).first()
        or found.edition.route,
        made_by=by.user,
        made_at=at,
    )
    record(stream, EDITION_MADE, by=by.user.pk, at=at, number=number, edition=edition.pk)
    return edition
