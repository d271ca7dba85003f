"""What follows erasing a person: their words in requests."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from zabota.cases.actions.cases import search_words
from zabota.clients.models import ClientKind, Contact
from zabota.journal.models import Entry
from zabota.people.firm import current_firm
from zabota.tickets.actions.known_words import lemmas_of, unlearn_words
from zabota.tickets.actions.lines import gather_words
from zabota.tickets.models import Remark, Ticket


@transaction.atomic
def forget_words(entry: Entry, *, by: None, at: datetime) -> int:
    """The words of somebody who was a client themselves are kept no longer, nor the titles made of
    them, and nothing is found by them; that there was a request, of which kind, how it went and
    what we said stays. What a person said for a company is the company's and stays.
    """
    contact = Contact.objects.select_related("client").get(pk=entry.facts["contact"])
    if contact.client.kind != ClientKind.PERSON:
        return 0
    language = current_firm().language
    tickets = Ticket.objects.filter(contact=contact).select_related("case__client", "type")
    for ticket in tickets:
        case = ticket.case
        case.title = ticket.type.name(language)
        case.search = search_words(case.number, case.client_number, case.title, case.client)
        case.save(update_fields=["title", "search"])
    tickets.update(said="")
    lines = Remark.objects.filter(contact=contact)
    said_in = Q(remarks__in=lines) | Q(contact=contact) | Q(case__client=contact.client)
    found = Ticket.objects.filter(said_in).values_list(Coalesce("case__root", "pk"), flat=True)
    lemmas = lemmas_of(lines.values_list("text", flat=True))
    erased = lines.exclude(text="").update(text="")
    gather_words(found, by=None, at=at)
    unlearn_words(lemmas, by=None, at=at)
    return erased
