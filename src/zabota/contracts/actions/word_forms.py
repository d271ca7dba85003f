"""A word put into a case by a rule that is not sure is confirmed by a person, for the card."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import change_client
from zabota.contracts.models import Contract
from zabota.contracts.parties import party_values
from zabota.contracts.rules import Viewer, may_confirm_word_form
from zabota.contracts.word_forms import unsure_forms
from zabota.people.actions import change_firm
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused


def confirm_word_form(
    contract: Contract, party: str, detail: str, words: str, *, by: Viewer, at: datetime
) -> None:
    """The guess that was shown is right: it is kept on the card of the client or of the firm, as if
    it had been typed there, and drafts take it at once. Refused where the card has changed since.
    """
    if not may_confirm_word_form(by, contract, party, at):
        raise PermissionDenied
    firm, client = current_firm(), contract.case.client
    language = contract.edition.template.language
    values = party_values(client, firm, language)
    shown = unsure_forms(contract.edition.fields, values, language)
    if not any((one.party, one.detail, one.guess) == (party, detail, words) for one in shown):
        raise Refused("changed", _("The card has changed meanwhile: please look again."))
    if party == "client":
        change_client(client, {f"{detail}_gen": words}, by=by.user, at=at)  # type: ignore[misc]
    else:
        details = firm.details | {f"{detail}_gen": words}
        change_firm({"details": details}, by=by.user, at=at)
