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
from zabota.contracts.reading.tracked import written_out
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
    one's own side unless they were opened. Replies stay replies, also to what was said here and
    went out with the file; what was resolved is so. One entry tells of all; none comes twice.
    """
    contract, stream = lock_contract(contract.pk)
    if not notes.comments or not may_comment(by, contract):
        return []
    own = Audience.THEIRS if side_of(by) == "theirs" else Audience.OURS
    opened = notes.open_comments and contract.case.audience != Audience.OURS
    audience = Audience.BOTH if opened else own
    known = list(Comment.objects.filter(contract=contract, audience__in=by.audiences))
    there = {_same(row): row for row in known}
    ours = {_plain(written_out(row)): row for row in known}
    made: list[Comment] = []
    rows: dict[str, Comment] = {}
    for one in [one for one in notes.comments if one.text.strip()][:MOST_COMMENTS]:
        told = _as_row(one)
        row = there.get((told["clause"], told["author"], told["text"]))
        row = row or _returned(one, ours)
        if row is None:
            row = Comment.objects.create(
                contract=contract,
                version=contract.version,
                audience=audience,
                made_by=by.user,
                made_at=at,
                closed_at=at if one.resolved else None,
                answers=rows.get(one.reply_to),
                **told,
            )
            there[_same(row)] = row
            made.append(row)
        rows[one.id] = row
    _tick_off(notes, rows, at)
    if made:
        said = text_tokens([row.text for row in made], audience)
        keep_said(contract.pk, said, by=by, at=at)
        record(
            stream, COMMENTED, by=by.user.pk, at=at, audience=audience, contract=contract.pk,
            side=side_of(by), comment=made[0].pk, clause=made[0].clause,
        )  # fmt: skip
    return made


def _returned(one: WordComment, ours: Mapping[str, Comment]) -> Comment | None:
    """The comment that went out in the margin of the file and is back. One on the whole text stood
    at its first words.
    """
    row = ours.get(_plain(one.text))
    return row if row is not None and row.clause in ("", one.clause) else None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _same(row: Comment) -> tuple[str, str, str]:
    return row.clause, row.author, row.text


def _tick_off(notes: WordNotes, rows: dict[str, Comment], at: datetime) -> None:
    """What came from Word earlier is resolved, or open again, as the newer file has it."""
    for one in notes.comments:
        row = rows.get(one.id)
        if row is None or not row.author or (row.closed_at is not None) == one.resolved:
            continue
        row.closed_at = at if one.resolved else None
        row.save(update_fields=["closed_at"])


def _as_row(one: WordComment) -> dict[str, Any]:
    text = one.text.strip()
    return {
        "clause": one.clause[:40],
        "quote": one.quote[:500],
        "text": text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…",
        "author": one.author[:200],
        "authored_at": one.at,
    }
