"""What a returned file tells besides its text: who recorded what, and what nobody did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zabota.contracts.docx.proposals import Proposals, Revision, WordComment, read_proposals
from zabota.contracts.docx.untracked import Finding, find_untracked
from zabota.contracts.docx.untracked.restyled import find_restyled
from zabota.contracts.models import Contract
from zabota.contracts.reading.paper_out import docx_of
from zabota.contracts.reading.texts import Chosen, display_values
from zabota.contracts.text.tree import Document

MOST_NAMES = 8


@dataclass(frozen=True)
class Record:
    """The tracked changes of a file by clause, its comments, and what was done without them."""

    findings: list[Finding]
    revisers: dict[str, list[list[str]]]
    comments: tuple[WordComment, ...]
    recorded: bool

    @property
    def unrecorded(self) -> set[str]:
        """Clauses in which something stands that nobody recorded or that hides."""
        return {one.clause for one in self.findings if one.clause and one.kind != "look"}


def read_record(contract: Contract, data: bytes, given: Iterable[Chosen], now: Document) -> Record:
    """`given` are the texts the file may have been begun from: the one sent, one's own draft;
    it is compared with the one it is nearest to. `now` is its text under our ids. Raises Refused.
    """
    told: list[tuple[list[Finding], Chosen]] = []
    for chosen in given:
        if told and not told[-1][0]:
            break
        told.append((_findings(contract, data, chosen), chosen))
    findings, base = min(told, key=lambda one: len(one[0]))
    values = display_values(contract, base.values)
    proposals = read_proposals(data, base.text.document, now, values)
    return Record(
        [*findings, *_restyled(contract, data, base, findings)],
        revisers_of(proposals),
        proposals.comments,
        any(proposals.revisions.values()),
    )


def revisers_of(proposals: Proposals) -> dict[str, list[list[str]]]:
    """Clause -> who recorded changes in it and when last, as `[name, ISO moment or ""]`."""
    return {
        clause: _names(revisions) for clause, revisions in proposals.revisions.items() if clause
    }


def _names(revisions: Iterable[Revision]) -> list[list[str]]:
    last: dict[str, str] = {}
    for one in revisions:
        moment = one.at.isoformat() if one.at else ""
        last[one.author] = max(last.get(one.author, ""), moment)
    return [[author, moment] for author, moment in last.items()][:MOST_NAMES]


def _restyled(
    contract: Contract, data: bytes, chosen: Chosen, findings: Iterable[Finding]
) -> list[Finding]:
    """Words in another look, but for those told of as hidden already."""
    hiding = [one for one in findings if one.concealed]
    sent_file = docx_of(contract, chosen, contract.case.title)
    values = display_values(contract, chosen.values)
    return [
        one
        for one in find_restyled(chosen.text.document, sent_file, data, values)
        if not any(one.new and one.new in other.new for other in hiding)
    ]


def _findings(contract: Contract, data: bytes, chosen: Chosen) -> list[Finding]:
    values: Mapping[str, str] = display_values(contract, chosen.values)
    sent_file = docx_of(contract, chosen, contract.case.title)
    return find_untracked(chosen.text.document, data, values=values, sent_file=sent_file)
