"""The register of contracts in force comes in: each row a contract of its client, once."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import next_number, open_case
from zabota.clients.actions import add_client
from zabota.clients.models import Client, ClientKind
from zabota.common.files import keep_file
from zabota.common.uploads import safe_name
from zabota.contracts.actions.forms import open_template
from zabota.contracts.actions.obligations import REGISTER
from zabota.contracts.actions.search import keep_words
from zabota.contracts.actions.versions import keep_wordings, make_version
from zabota.contracts.entries import IMPORTED
from zabota.contracts.force import IN_FORCE
from zabota.contracts.models import Attachment, Contract, EditionState, TemplateEdition
from zabota.contracts.register import Line
from zabota.contracts.rules import Viewer, may_import_register
from zabota.contracts.stored import tree_of
from zabota.contracts.text.fields import FieldSpec
from zabota.contracts.text.tree import Clause, Document, Field, Paragraph, Text
from zabota.journal.actions import lock_stream, record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of

SLUG = "register"
FIELDS = (
    FieldSpec("contract_number", "text", "Номер"),
    FieldSpec("contract_date", "date", "Дата"),
    FieldSpec("subject", "longtext", "Предмет"),
    FieldSpec("price", "money", "Сумма", required=False),
    FieldSpec("term_until", "date", "Действует по", required=False),
)


def import_line(
    line: Line, *, by: Viewer, at: datetime, scans: Mapping[str, bytes]
) -> tuple[Contract, bool]:
    """One row, in its own transaction: the contract, and whether it is new. The same number, INN
    and date are the same contract; a scan it had not is added.
    """
    if not may_import_register(by, at) or line.faults:
        raise PermissionDenied
    assert isinstance(by, StaffViewer)
    with transaction.atomic():
        # Whoever brings in the same register at this moment waits, then finds what is here.
        lock_stream(current_firm().stream_id)
        contract = known_contracts([line]).get(line.key)
        new = contract is None
        if contract is None:
            contract = _lay(line, by, at)
        _keep_scan(contract, line, scans, by, at)
    return contract, new


def known_contracts(lines: list[Line]) -> dict[tuple[str, str, str], Contract]:
    """Contracts there are already, by number, INN and date; one query."""
    rows = Contract.objects.filter(
        registered_number__in=[line.number for line in lines], version__isnull=False
    ).select_related("case__client", "version")
    found = {}
    for row in rows:
        assert row.version is not None
        day = row.version.values.get("contract_date", "")
        found[row.registered_number, row.case.client.inn, day] = row
    return found


def client_of(line: Line, *, by: StaffViewer, at: datetime) -> Client:
    """The client with this INN; one we do not know yet is added, its card to be filled in."""
    client = (
        Client.objects.select_related("root__owner", "owner")
        .filter(inn=line.inn)
        .order_by("pk")
        .first()
    )
    if client is not None:
        return client.root or client
    return add_client(
        {
            "kind": ClientKind.COMPANY if len(line.inn) == 10 else ClientKind.PERSON,
            "name": line.client or f"ИНН {line.inn}",
            "inn": line.inn,
            "language": current_firm().language,
        },
        owner=by.employee,
        by=by.user,
        at=at,
    )


def _lay(line: Line, by: StaffViewer, at: datetime) -> Contract:
    assert line.day is not None
    client = client_of(line, by=by, at=at)
    year, number = next_number("contract-register", by=by, at=at)
    edition = _edition(at)
    case = open_case(
        "contract", by=by.user, at=at, number=f"Р-{year}-{number:04d}", title=line.subject,
        client=client, owner=client.owner, state=IN_FORCE,
    )  # fmt: skip
    contract = Contract.objects.create(
        case=case,
        edition=edition,
        registered_number=line.number,
        agreed_at=datetime.combine(line.day, time(12), tzinfo=zone_of(current_firm())),
    )
    values = {
        "contract_number": line.number,
        "contract_date": line.day.isoformat(),
        "subject": line.subject,
        "price": str(line.sum) if line.sum is not None else "",
        "term_until": line.until.isoformat() if line.until else "",
    }
    make_version(contract, edition.tree, values, side="ours", origin=REGISTER, by=by.user, at=at)
    contract.save()
    record(case.stream, IMPORTED, by=by.user.pk, at=at, contract=contract.pk, number=line.number)
    return contract


def _edition(at: datetime) -> TemplateEdition:
    """The form nobody picks, under which contracts lie whose text is only a scan."""
    there = TemplateEdition.objects.select_related("template").filter(template__slug=SLUG).first()
    if there is not None:
        return there
    template = open_template(
        SLUG, by=None, at=at, kind="other", language=current_firm().language,
        titles=("Договор из реестра", "Contract of the register"), foreign=True, offered=False,
    )  # fmt: skip
    tree, wordings = tree_of(_text(current_firm().language), {})
    keep_wordings(wordings)
    return TemplateEdition.objects.create(
        template=template, number=1, state=EditionState.WITHDRAWN, in_force_since=at,
        withdrawn_at=at, tree=tree, made_at=at,
        fields=[asdict(spec) | {"args": list(spec.args)} for spec in FIELDS],
    )  # fmt: skip


def _text(language: str) -> Document:
    """What the register says, as a text; the signed one is the scan."""
    labels = {
        "ru": ("Договор № ", " от ", "Предмет: ", "Сумма: ", "Действует по "),
        "en": ("Contract No. ", " of ", "Subject: ", "Sum: ", "In force until "),
    }["en" if language == "en" else "ru"]
    number, of, subject, price, until = labels
    lines = (
        (Text(number), Field("contract_number"), Text(of), Field("contract_date")),
        (Text(subject), Field("subject")),
        (Text(price), Field("price")),
        (Text(until), Field("term_until")),
    )
    return Document(
        clauses=tuple(
            Clause(f"register-{place}", (Paragraph(runs=runs),)) for place, runs in enumerate(lines)
        )
    )


def _keep_scan(
    contract: Contract, line: Line, scans: Mapping[str, bytes], by: StaffViewer, at: datetime
) -> None:
    data = scans.get(line.scan.casefold()) if line.scan else None
    if data is None or contract.attachments.filter(name=safe_name(line.scan)).exists():
        return
    media = "application/pdf" if data.startswith(b"%PDF") else "application/octet-stream"
    Attachment.objects.create(
        contract=contract, file=keep_file(data, media, at=at), name=safe_name(line.scan),
        audience="both", made_by=by.user, made_at=at,
    )  # fmt: skip
    keep_words(contract.pk, line.scan, "both", by=by, at=at)
