"""The card of a document for an operator: what a person types there beside the file."""

import io
import zipfile
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.common import formats
from zabota.common.files import read_file
from zabota.contracts.models import Signing
from zabota.contracts.reading.signing.text import title_of
from zabota.people.firm import current_firm, zone_of

type Card = list[tuple[str, str]]


def operator_card(signing: Signing) -> Card:
    """Kind, number, date, sum, INN and KPP of both sides, in the reader's language."""
    contract, firm = signing.contract, current_firm()
    language = get_language() or "ru"
    client, details = contract.case.client, firm.details
    rows = [
        (_("Kind of document"), contract.edition.template.title(language)),
        (_("Number"), contract.registered_number),
        (_("Date"), formats.short_date(_day(signing), language)),
        (_("Sum"), _sum(signing, language)),
        (_("We: INN / KPP"), _numbers(details.get("inn", ""), details.get("kpp", ""))),
        (_("Client: INN / KPP"), _numbers(client.inn, client.kpp)),
        (_("Client"), client.full_name),
        (_("Digest of the file (SHA-256)"), signing.pdf.digest),
    ]
    return [(label, value) for label, value in rows if value]


def operator_package(signing: Signing) -> bytes:
    """The very PDF and its card as one archive."""
    name = title_of(signing.contract).replace("/", "-")
    words = "\n".join(f"{label}: {value}" for label, value in operator_card(signing))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.pdf", read_file(signing.pdf))
        archive.writestr(f"{name}.txt", f"{words}\n")
    return packed.getvalue()


def _day(signing: Signing) -> date:
    """The contract's own date where it has one, else the day the text was fixed."""
    try:
        return date.fromisoformat(str(signing.version.values.get("contract_date", "")))
    except ValueError:
        return signing.begun_at.astimezone(zone_of(current_firm())).date()


def _sum(signing: Signing, language: str) -> str:
    amount = signing.contract.sum
    if amount is None:
        return ""
    return formats.money(amount, signing.contract.currency, language)


def _numbers(inn: str, kpp: str) -> str:
    return " / ".join(part for part in (inn, kpp) if part)
