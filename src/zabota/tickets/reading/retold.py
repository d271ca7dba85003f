"""What is known of the client of a request, and its words retold for an exercise."""

from dataclasses import dataclass

from zabota.cases.models import Following, Script
from zabota.cases.steps import steps_of
from zabota.clients.models import Client, Contact, ContactPoint
from zabota.tickets.models import Remark, RemarkKind, Ticket
from zabota.tickets.retelling import Known, retell

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
    known, said = known_of(ticket), ticket.remarks.order_by("pk")
    first = said.filter(side="theirs").first()
    ours = said.filter(side="ours", audience="both")
    answer = ours.filter(kind=RemarkKind.WORDS).first()
    ending = ours.filter(kind=RemarkKind.ENDING).order_by("-pk").first()
    who = ", ".join(filter(None, [ticket.contact.name if ticket.contact else "", _company(ticket)]))
    parts = [ticket.case.title, _text(first) or ticket.said, who, _text(answer), _text(ending)]
    mark = "\n\x1f\n"
    told = retell(mark.join(parts), known, seed=ticket.pk)
    title, text, client, reply, end = told.text.split(mark)
    return Offered(
        title, text, client, reply, ticket.outcome, end, [p for p in told.changed if p[0] != p[1]]
    )


def _company(ticket: Ticket) -> str:
    client = ticket.case.client
    return "" if client.kind == "person" else client.short_name or client.name


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
