"""What a contract obliges to, read out of the text in force."""

from datetime import date

from zabota.contracts.duties import Duty, Signed, find_duties
from zabota.contracts.models import Contract
from zabota.contracts.reading.values import contract_values
from zabota.contracts.stored import load_texts


def read_duties(contract: Contract, signed: date) -> list[Duty]:
    """Proposals of the contract's present version; `signed` is the day it came into force."""
    version = contract.version
    assert version is not None
    (text,) = load_texts(version.tree)
    form = contract.edition
    shown = contract_values(contract, version.values, form.template.language)
    names = ("name", "short_name")
    parties = {
        f"{side}.{name}": version.values.get(f"{side}.{name}", "")
        for side in ("firm", "client")
        for name in names
    }
    return find_duties(
        Signed(
            document=text.document,
            values=version.values,
            shown=shown,
            types={spec["name"]: spec["type"] for spec in form.fields},
            parties={name: words for name, words in parties.items() if words},
            signed=signed,
        )
    )
