"""Beside a client's card: what they were given, by whomever, and how much in all this year."""

from django.utils.translation import get_language

from zabota.clients.beside import Beside
from zabota.clients.models import Client, ClientKind
from zabota.common import clock
from zabota.common.formats import money
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.reading.given import given_to
from zabota.goodwill.reading.limits import given_in_year
from zabota.people.access import StaffViewer

MOST = 5


def beside_client(client: Client, viewer: StaffViewer) -> Beside | None:
    """Three queries; one where nothing was ever given."""
    rows = given_to(client, MOST + 1)
    terms = terms_now() if rows else None
    if terms is None:
        return None
    given = given_in_year(client, firm_day(clock.now()), terms.currency)
    company = client.kind == ClientKind.COMPANY
    most = terms.company_year_most if company else terms.person_year_most
    language = get_language() or "ru"
    context = {
        "rows": rows[:MOST],
        "year": money(given, terms.currency, language),
        "most": money(most, terms.currency, language) if most is not None else "",
    }
    return Beside("goodwill/desk/beside.html", context)
