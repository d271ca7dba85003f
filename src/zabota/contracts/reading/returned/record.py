"""What a returned file tells besides its text: who recorded what, and what nobody did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

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


@dataclass(frozen=True)
class Given:
    """A text the file may have been begun from: itself, its values as shown, its file."""

    document: Document
    values: Mapping[str, str]
    file: bytes


@dataclass(frozen=True)
class Asked:
    """All that a record follows from; the same where the digest of all of it is."""

    digest: bytes
    data: bytes = field(compare=False)
    given: list[Given] = field(compare=False)
    now: Document = field(compare=False)


def read_record(contract: Contract, data: bytes, given: Iterable[Chosen], now: Document) -> Record:
    """`given` are the texts the file may have been begun from: the one sent, one's own draft;
    it is compared with the one it is nearest to. `now` is its text under our ids. Raises Refused.
    """
    texts = [_given(contract, chosen) for chosen in given]
    digest = sha256(repr((sha256(data).digest(), texts, now)).encode())
    return _record(Asked(digest.digest(), data, texts, now))


def _given(contract: Contract, chosen: Chosen) -> Given:
    sent_file = docx_of(contract, chosen, contract.case.title)
    return Given(chosen.text.document, display_values(contract, chosen.values), sent_file)


# Reading takes seconds of a long contract, and whoever looked at what was found takes it over next.
@lru_cache(maxsize=8)
def _record(asked: Asked) -> Record:
    data = asked.data
    told: list[tuple[list[Finding], Given]] = []
    for one in asked.given:
        if told and not told[-1][0]:
            break
        told.append((_findings(data, one), one))
    findings, base = min(told, key=lambda one: len(one[0]))
    proposals = read_proposals(data, base.document, asked.now, base.values)
    return Record(
        [*findings, *_restyled(data, base, findings)],
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


def _restyled(data: bytes, base: Given, findings: Iterable[Finding]) -> list[Finding]:
    """Words in another look, but for those told of as hidden already."""
    hiding = [one for one in findings if one.concealed]
    return [
        one
        for one in find_restyled(base.document, base.file, data, base.values)
        if not any(one.new and one.new in other.new for other in hiding)
    ]


def _findings(data: bytes, given: Given) -> list[Finding]:
    return find_untracked(given.document, data, values=given.values, sent_file=given.file)
