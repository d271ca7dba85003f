"""Words in a case that the rules only guess at, for those of ours who may confirm them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zabota.contracts.models import SETTLED, Contract, ContractState
from zabota.contracts.parties import DETAIL_LABELS, party_values
from zabota.contracts.rules import Viewer, may_confirm_word_form
from zabota.contracts.word_forms import PARTIES, Unsure, unsure_forms
from zabota.people.access import StaffViewer
from zabota.people.models import Firm


@dataclass(frozen=True)
class ToConfirm:
    """One guess: of which detail, whether this reader may confirm it."""

    one: Unsure
    label: str
    may: bool


def read_unsure(
    contract: Contract, viewer: Viewer, firm: Firm, fixed: Mapping[str, str], *, at: datetime
) -> list[ToConfirm]:
    """As the cards are now; nothing where the contract can change no more, and for clients, nor of
    what the text shown has already: `fixed` are the values of its version.
    """
    over = contract.case.state in (*SETTLED, ContractState.WITHDRAWN)
    if over or not isinstance(viewer, StaffViewer):
        return []
    language = contract.edition.template.language
    values = party_values(contract.case.client, firm, language)
    found = [
        one
        for one in unsure_forms(contract.edition.fields, values, language)
        if not fixed.get(f"{one.party}.{one.detail}.gen")
    ]
    asked = {one.party for one in found}
    may = {p: p in asked and may_confirm_word_form(viewer, contract, p, at) for p in PARTIES}
    return [ToConfirm(one, str(DETAIL_LABELS[one.detail]), may[one.party]) for one in found]
