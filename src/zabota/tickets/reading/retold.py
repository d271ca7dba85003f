"""What is known of the client of a request, and its words retold for an exercise."""

from dataclasses import dataclass, replace

from zabota.cases.models import Following, Script
from zabota.cases.steps import steps_of
from zabota.clients.models import Client, Contact, ContactPoint
from zabota.common.language.lemmas import fold
from zabota.common.names import has_cyrillic, latin
from zabota.people.models import Employee
from zabota.tickets.models import Remark, RemarkKind, Ticket
from zabota.tickets.retelling import Known, retell
from zabota.tickets.retelling.known import WORD

NAMES = ("name", "short_name", "name_en", "short_name_en")
SIGNERS = ("signatory", "signatory_en")
EXACT = (
    "inn", "kpp", "ogrn", "account", "corr_account", "phone", "email", "address",
    "postal_address", "address_en",
)  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """An exercise as it is offered to whoever reads and corrects it."""

    title: str
    text: str
    client: str
    answer: str
    outcome: str
    good_end: str
    changed: list[tuple[str, str]]


def known_of(ticket: Ticket) -> Known:
    """Whatever would tell whose request it was: the cards that are one, their people, how they are
    reached, the numbers of their contracts and requests.
    """
    clients = list(Client.objects.whole_of(ticket.case.client_id))
    people = list(Contact.objects.filter(client__in=clients).order_by("pk"))
    points = ContactPoint.objects.filter(contact__in=people).exclude(value="")
    persons = [client for client in clients if client.kind == "person"]
    names = [(one.name, one.name_en) for one in people]
    names += [tuple(getattr(client, name) for name in SIGNERS) for client in clients]
    names += [(client.name, client.name_en) for client in persons]
    companies = [
        getattr(client, name) for client in clients if client not in persons for name in NAMES
    ]
    exact = [getattr(client, name) for client in clients for name in EXACT]
    return Known(
        companies=_filled(companies),
        people=_filled([name for pair in names for name in pair]),
        exact=_filled([*exact, *points.order_by("pk").values_list("value", flat=True)]),
    )


def _filled(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def offer_exercise(ticket: Ticket) -> Offered:
    """The client's first words, our first answer and how it ended, as nobody's; one and the same
    made-up people in all of them.
    """
    said = ticket.remarks.order_by("pk")
    first = said.filter(side="theirs").first()
    ours = said.filter(side="ours", audience="both")
    answer = ours.filter(kind=RemarkKind.WORDS).first()
    ending = ours.filter(kind=RemarkKind.ENDING).order_by("-pk").first()
    words = _text(first) or ticket.said
    who = _who(ticket, english=not has_cyrillic(words))
    parts = [ticket.case.title, words, who, _text(answer), _text(ending)]
    known = known_of(ticket)
    known = replace(known, people=(*known.people, *_of_ours("\n".join(parts))))
    mark = "\n\x1f\n"
    told = retell(mark.join(parts), known, seed=ticket.pk)
    title, text, client, reply, end = told.text.split(mark)
    return Offered(
        title, text, client, reply, ticket.outcome, end, [p for p in told.changed if p[0] != p[1]]
    )


def _who(ticket: Ticket, *, english: bool) -> str:
    """Who writes, in the letters they write in: the person, then the company."""
    person, client = ticket.contact, ticket.case.client
    name = person.name if person else ""
    if person and english:
        name = person.name_en or latin(name)
    company = (english and client.short_name_en) or client.short_name or client.name
    return ", ".join(filter(None, [name, "" if client.kind == "person" else company]))


def _of_ours(text: str) -> list[str]:
    """Colleagues named in Latin letters: of these no dictionary knows that they are names."""
    said = {fold(word) for word in WORD.findall(text)}
    rows = Employee.objects.values_list("user__name", "user__name_en")
    names = {name_en or latin(name) for name, name_en in rows}
    return sorted(one for one in names if {fold(word) for word in WORD.findall(one)} <= said)


def _text(remark: Remark | None) -> str:
    return remark.text.replace("\x1f", "") if remark else ""


def script_steps(ticket: Ticket, language: str) -> list[str]:
    """The steps of the script that was followed in it, else of the one for this kind of request."""
    followed = Following.objects.filter(case=ticket.pk).select_related("edition").order_by("pk")
    edition = next((one.edition for one in followed), None)
    if edition is None:
        scripts = Script.objects.offered().select_related("edition")
        fitting = (one.edition for one in scripts if ticket.type.slug in one.occasions)
        edition = next(fitting, None)
    steps = steps_of(edition.content) if edition is not None else []
    return [step.part("title", language) for step in steps]
