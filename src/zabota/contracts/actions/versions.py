"""Making a version: the text at one moment, never changed afterwards."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from zabota.contracts.actions.search import keep_search_text
from zabota.contracts.currencies import USUAL, currency_code
from zabota.contracts.models import Contract, Version, Wording
from zabota.contracts.parties import party_values
from zabota.contracts.staff import contract_sum
from zabota.contracts.stored import Tree
from zabota.contracts.surgery import without_moves
from zabota.contracts.word_forms import forms_of_values
from zabota.people.firm import current_firm
from zabota.people.models import User


def keep_wordings(wordings: dict[str, list[Any]]) -> None:
    """Store words once, by their content."""
    Wording.objects.bulk_create(
        [Wording(digest=digest, blocks=blocks) for digest, blocks in wordings.items()],
        ignore_conflicts=True,
    )


def make_version(
    contract: Contract,
    tree: Tree,
    values: dict[str, str],
    *,
    side: str,
    origin: str,
    by: User | None,
    at: datetime,
) -> Version:
    """The next version of a contract; the parties' details are fixed in it as they are now."""
    last = contract.versions.aggregate(last=Max("number"))["last"] or 0
    typed = {name: text for name, text in values.items() if "." not in name}
    language = contract.edition.template.language
    parties = party_values(contract.case.client, current_firm(), language)
    forms = forms_of_values(contract.edition.fields, parties, language)
    version = Version.objects.create(
        contract=contract,
        number=last + 1,
        tree=without_moves(tree),
        values=typed | parties | forms,
        side=side,
        origin=origin,
        made_by=by,
        made_at=at,
    )
    keep_search_text(version, by=by, at=at)
    contract.version = version
    contract.sum = contract_sum(typed)
    contract.currency = currency_code(typed) or USUAL
    if contract.case.amount != contract.sum:
        contract.case.amount = contract.sum
        contract.case.save(update_fields=["amount"])
    return version
