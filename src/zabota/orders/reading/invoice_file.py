"""A счёт as the PDF a client pays by, in the client's language, with the QR banks read."""

import io
from datetime import datetime

import segno
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zabota.clients.models import Client
from zabota.common import formats
from zabota.common.language import CURRENCIES, sum_words
from zabota.common.names import detail
from zabota.common.paper.typeset import JSON
from zabota.orders.models import Invoice, InvoiceLine
from zabota.orders.paper import invoice_page
from zabota.orders.reading.sums import printed
from zabota.people.models import Firm

# Fields of a payment by QR, as banks of Russia read them (ГОСТ Р 56042-2014): the first five are
# needed, the text is at most 300 signs.
NEEDED = ("account", "bank", "bik", "corr_account")
PURPOSE = 210


def invoice_pdf(invoice: Invoice, firm: Firm, *, at: datetime) -> bytes:
    """Who pays whom for what, how much, VAT, until when; one query."""
    client = invoice.order.case.client.whole
    lines = list(invoice.lines.order_by("number"))
    language = client.language
    with translation.override(language):
        title = _("Invoice for payment No. %(number)s of %(day)s") % {
            "number": invoice.number, "day": formats.date(invoice.day, language),
        }  # fmt: skip
        data: dict[str, JSON] = {
            "language": language,
            "title": title,
            "bank": _bank(firm),
            "qr": payment_qr(invoice, firm),
            "scan": _("To pay: point the camera of your bank’s app"),
            "parties": _parties(invoice, client, firm),
            "head": [
                pgettext("invoice", "No."),
                pgettext("invoice", "Goods"),
                pgettext("invoice", "How many"),
                pgettext("invoice", "Price"),
                pgettext("invoice", "VAT"),
                pgettext("invoice", "Sum"),
            ],
            "rows": [_row(one, language) for one in lines],
            "totals": _totals(invoice, language),
            "said": _said(invoice, len(lines), language),
            "until": _until(invoice, language),
            "note": _("Prices are with VAT.") if invoice.vat else _("Without VAT."),
            "signatures": _signatures(firm),
        }
    return invoice_page(data, at=at)


def payment_qr(invoice: Invoice, firm: Firm) -> str:
    """The picture of a payment as SVG; empty where the firm's bank is not known in full, money is
    not roubles, or nothing is to be paid any more.
    """
    details = firm.details
    if (
        invoice.to_pay <= 0
        or invoice.currency != "RUB"
        or any(not details.get(name) for name in NEEDED)
    ):
        return ""
    vat = f"в т. ч. НДС {invoice.vat:.2f}" if invoice.vat else "без НДС"
    purpose = f"Оплата по счёту {invoice.number} от {invoice.day:%d.%m.%Y}, {vat}"
    name = details.get("short_name") or firm.legal_name or firm.name
    fields = {
        "Name": name[:160], "PersonalAcc": details["account"], "BankName": details["bank"][:45],
        "BIC": details["bik"], "CorrespAcc": details["corr_account"],
        "PayeeINN": details.get("inn", ""), "KPP": details.get("kpp", ""),
        "Sum": str(int(invoice.to_pay * 100)), "Purpose": purpose[:PURPOSE],
    }  # fmt: skip
    told = "".join(f"|{key}={value.replace('|', ' ')}" for key, value in fields.items() if value)
    picture = io.BytesIO()
    code = segno.make(f"ST00012{told}", error="m", encoding="utf-8")
    code.save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()


def _own(firm: Firm, name: str) -> str:
    """What the firm says of itself, in the language of the paper."""
    return detail(firm.details.get(name, ""), firm.details.get(f"{name}_en", ""))


def _bank(firm: Firm) -> list[list[str]]:
    """Where to pay to, line by line; nothing where the firm has not said."""
    if not firm.details.get("account"):
        return []
    numbers = " / ".join(filter(None, (_own(firm, "inn"), _own(firm, "kpp"))))
    rows = [
        (pgettext("invoice", "Payee"), firm.formal_name),
        (_("INN / KPP"), numbers),
        (_("Account"), _own(firm, "account")),
        (_("Bank"), _own(firm, "bank")),
        (_("BIK"), _own(firm, "bik")),
        (_("Correspondent account"), _own(firm, "corr_account")),
    ]
    return [[name, value] for name, value in rows if value]


def _parties(invoice: Invoice, client: Client, firm: Firm) -> list[list[str]]:
    told = (_own(firm, name) for name in ("inn", "kpp", "address"))
    ours = _with_numbers(firm.formal_name, *told)
    theirs = _with_numbers(client.full_name, client.inn, client.kpp, client.address)
    return [
        [pgettext("invoice", "Seller"), ours],
        [pgettext("invoice", "Buyer"), theirs],
        [pgettext("invoice", "For order"), _order_said(invoice)],
    ]


def _order_said(invoice: Invoice) -> str:
    case = invoice.order.case
    return " / ".join(filter(None, (case.number, case.client_number)))


def _with_numbers(name: str, inn: str, kpp: str, address: str) -> str:
    numbers = [_("INN %(inn)s") % {"inn": inn}] if inn else []
    numbers += [_("KPP %(kpp)s") % {"kpp": kpp}] if kpp else []
    return ", ".join(filter(None, (name, *numbers, address)))


def _row(line: InvoiceLine, language: str) -> list[str]:
    rate = line.vat_rate
    vat = "—" if rate is None else f"{formats.number(rate.normalize(), language)} %"
    count = f"{formats.number(line.quantity.normalize(), language)} {line.unit}".strip()
    return [
        str(line.number), line.name, count, printed(line.price, language), vat,
        printed(line.sum, language),
    ]  # fmt: skip


def _totals(invoice: Invoice, language: str) -> list[list[str]]:
    rows = [[pgettext("invoice", "In all"), printed(invoice.total, language)]]
    if invoice.vat:
        rows.append([pgettext("invoice", "VAT within"), printed(invoice.vat, language)])
    money = formats.money(invoice.total, invoice.currency, language)
    return [*rows, [pgettext("invoice", "To be paid"), money]]


def _said(invoice: Invoice, count: int, language: str) -> str:
    """«Всего наименований 2, на сумму …»: how much in words."""
    known = invoice.currency in CURRENCIES
    words = sum_words(
        invoice.total, invoice.currency, "en" if language == "en" else "ru"
    ) if known else formats.money(invoice.total, invoice.currency, language)  # fmt: skip
    told = ngettext("%(count)d item for %(sum)s", "%(count)d items for %(sum)s", count)
    return told % {"count": count, "sum": words}


def _until(invoice: Invoice, language: str) -> str:
    if invoice.valid_until is None:
        return ""
    day = formats.date(invoice.valid_until, language)
    return _("To be paid by %(day)s.") % {"day": day}


def _signatures(firm: Firm) -> list[list[str]]:
    position = _own(firm, "signatory_position") or _("Head of the firm")
    return [
        [position, _own(firm, "signatory") or pgettext("invoice", "signature")],
        [_("Chief accountant"), pgettext("invoice", "signature, stamp")],
    ]
