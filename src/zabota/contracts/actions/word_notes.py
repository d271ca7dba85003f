"""What came in a Word file beside its text: what nobody recorded, who recorded what, comments."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zabota.common.models import File
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.search import keep_said
from zabota.contracts.actions.talk import LONGEST
from zabota.contracts.docx.proposals import WordComment
from zabota.contracts.docx.untracked import Finding
from zabota.contracts.entries import COMMENTED
from zabota.contracts.models import Comment, Contract, Version
from zabota.contracts.models.drafts import WordReturn
from zabota.contracts.rules import Viewer, may_comment, side_of
from zabota.contracts.search import text_tokens
from zabota.journal.actions import record
from zabota.journal.models import Audience

MOST_FINDINGS = 200
MOST_COMMENTS = 200


@dataclass(frozen=True)
class WordNotes:
    """What a returned file tells besides its text, and what its reader chose.

    `recorded` says whether it had tracked changes at all; `revisers` names by clause who made them
    and when (`[author, ISO moment]`); `left` are clauses that stay as they were, `moved` those of
    them that also stay at their old place; `open_comments` shows its comments to the other side.
    """

    recorded: bool = True
    findings: Sequence[Finding] = ()
    revisers: Mapping[str, Sequence[Sequence[str]]] | None = None
    comments: Sequence[WordComment] = ()
    open_comments: bool = False
    left: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WordFile:
    """The file a text came in: where it is kept, what its writer called it."""

    file: File
    name: str


def keep_word_return(
    contract: Contract,
    side: str,
    base: Version | None,
    source: WordFile,
    notes: WordNotes,
    *,
    by: Viewer,
    at: datetime,
) -> WordReturn:
    """Findings and names stay with the draft; those of an earlier file go with its text."""
    WordReturn.objects.filter(contract=contract, side=side, version=None).delete()
    return WordReturn.objects.create(
        contract=contract,
        side=side,
        base=base,
        file=source.file,
        name=source.name,
        recorded=notes.recorded,
        findings=[asdict(finding) for finding in notes.findings[:MOST_FINDINGS]],
        revisers={clause: list(told) for clause, told in (notes.revisers or {}).items()},
        made_by=by.user,
        made_at=at,
    )


def send_word_return(
    contract: Contract, base: Version | None, version: Version, *, by: Viewer
) -> None:
    """The draft is sent: what its file told belongs to the version, for those who answer. A file
    taken before the present draft was begun is no longer told of.
    """
    WordReturn.objects.filter(contract=contract, side=side_of(by), version=None, base=base).update(
        version=version
    )


@transaction.atomic
def bring_comments(
    contract: Contract, notes: WordNotes, *, by: Viewer, at: datetime
) -> list[Comment]:
    """The comments of a Word file stand beside their clauses, under their writers' names; within
    one's own side unless they were opened. One entry tells of all; none comes twice.
    """
    contract, stream = lock_contract(contract.pk)
    if not notes.comments or not may_comment(by, contract):
        return []
    own = Audience.THEIRS if side_of(by) == "theirs" else Audience.OURS
    opened = notes.open_comments and contract.case.audience != Audience.OURS
    audience = Audience.BOTH if opened else own
    there = set(
        Comment.objects.filter(contract=contract, audience__in=by.audiences).values_list(
            "clause", "author", "text"
        )
    )
    rows = [
        Comment(
            contract=contract,
            version=contract.version,
            audience=audience,
            made_by=by.user,
            made_at=at,
            **_as_row(one),
        )
        for one in notes.comments[:MOST_COMMENTS]
        if one.text.strip()
    ]
    rows = [row for row in rows if (row.clause, row.author, row.text) not in there]
    made = Comment.objects.bulk_create(rows)
    if made:
        said = text_tokens([row.text for row in made], audience)
        keep_said(contract.pk, said, by=by, at=at)
        told: dict[str, Any] = {"comment": made[0].pk, "clause": made[0].clause}
        record(
            stream, COMMENTED, by=by.user.pk, at=at, audience=audience,
            contract=contract.pk, side=side_of(by), **told,
        )  # fmt: skip
    return made


def _as_row(one: WordComment) -> dict[str, Any]:
    text = one.text.strip()
    return {
        "clause": one.clause[:40],
        "quote": one.quote[:500],
        "text": text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…",
        "author": one.author[:200],
        "authored_at": one.at,
    }
