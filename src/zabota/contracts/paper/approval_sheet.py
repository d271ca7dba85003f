"""Лист согласования: who agreed to which version of a contract, for whom, and with which remark."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from zabota.common.paper import JSON, render
from zabota.contracts.paper.contract import PaperMeta

TEMPLATE = Path(__file__).with_name("approval_sheet.typ")


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One decision, in words the reader sees; `on_behalf_of` names whom a substitute stood in for.

    `passed` says how it ended: True agreed, False returned, None not decided yet. `why` says why
    a decision given earlier stands, `link` where the compared text is read.
    """

    stage: str
    name: str
    position: str
    decision: str
    on_behalf_of: str = ""
    remark: str = ""
    time: str = ""
    version: str = ""
    passed: bool | None = None
    why: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalLabels:
    """The words of the form in the reader's language: its heading, columns and facts."""

    heading: str
    number: str
    kind: str
    subject: str
    client: str
    client_number: str
    stage: str
    person: str
    position: str
    on_behalf_of: str
    decision: str
    remark: str
    time: str
    version: str
    nobody: str
    compared: str = ""


@dataclass(frozen=True, slots=True)
class ApprovedContract:
    """Which contract the sheet is about: `title` says its kind, `subject` what it is about."""

    number: str
    title: str
    client: str
    subject: str = ""
    client_number: str = ""


def approval_sheet_pdf(
    rows: Sequence[ApprovalRow],
    contract: ApprovedContract,
    labels: ApprovalLabels,
    meta: PaperMeta,
) -> bytes:
    """The approval sheet of `contract`, decisions in the order given. Without names to show there
    are no columns for them, nor for whom somebody stood in, nor for remarks.
    """
    data: dict[str, JSON] = {
        "meta": meta.as_json(),
        "contract": asdict(contract),
        "labels": asdict(labels),
        "rows": [asdict(row) for row in rows],
    }
    return render(TEMPLATE, data, at=meta.at)
