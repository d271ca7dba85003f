"""A form before it is chosen: its text with blank fields, what its card says, what it will ask."""

from dataclasses import dataclass, replace

from zabota.clients.models import Client
from zabota.contracts.changes import field_homes
from zabota.contracts.kept_words import kept_labels
from zabota.contracts.models import EditionState, TemplateEdition
from zabota.contracts.parties import party_values
from zabota.contracts.reading.offers import Offer, read_offer
from zabota.contracts.reading.sheet.clauses import scrolling
from zabota.contracts.reading.values import Question, labels_of, questions, show_value, shown_values
from zabota.contracts.stored import flat, load_texts
from zabota.contracts.text.html import Shown, clause_html
from zabota.contracts.text.notes import note_numbers
from zabota.contracts.text.numbering import bracketed, numbers, paragraph_numbers, plain_number
from zabota.people.models import Firm


@dataclass(frozen=True)
class FormClause:
    """One clause of the form as it is read."""

    id: str
    number: str
    level: int
    heading: bool
    locked: bool
    html: str


@dataclass(frozen=True)
class FormText:
    """The whole of it: the card's words, the text, the questions."""

    offer: Offer
    clauses: list[FormClause]
    questions: list[Question]


def offered_edition(pk: int) -> TemplateEdition | None:
    """An edition that a client may begin from now; one query."""
    return (
        TemplateEdition.objects.filter(
            pk=pk, state=EditionState.IN_FORCE, template__offered=True, template__foreign=False
        )
        .select_related("template")
        .first()
    )


def read_form(edition: TemplateEdition, client: Client, firm: Firm, reader: str) -> FormText:
    """One query, for the words. Both parties' details stand in them, the rest stays blank."""
    (text,) = load_texts(edition.tree)
    language = edition.template.language
    parties = party_values(client, firm, language)
    found = numbers(text.document)
    plain = {clause: plain_number(number) for clause, number in found.items()}
    beside = bracketed(found)
    shown = Shown(
        values=shown_values(edition.fields, parties, language),
        numbers=plain,
        labels=labels_of(edition.fields) | kept_labels(),
        notes=note_numbers(text.document),
        paragraphs=paragraph_numbers(text.document),
    )
    clauses = [
        FormClause(
            id=clause.id,
            number=beside.get(clause.id, plain.get(clause.id, "")),
            level=min(depth + 1, 4),
            heading=clause.heading,
            locked=text.attributes[clause.id].locked,
            html=scrolling(clause_html(clause.blocks, shown, clause.id)),
        )
        for clause, depth in flat(text.document)
    ]
    asked = questions(edition.fields, {}, reader, set(field_homes(text)))
    asked = [replace(row, example=show_value(row.type, row.example, reader)) for row in asked]
    return FormText(read_offer(edition, reader), clauses, asked)
