"""Comments beside clauses, and files: with an audience stamped when written."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.common.files import keep_file
from zabota.common.uploads import check_kind, safe_name
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.search import keep_words
from zabota.contracts.entries import COMMENT_TURNED, COMMENTED, FILE_ATTACHED, FILE_REMOVED
from zabota.contracts.models import Attachment, Comment, Contract
from zabota.contracts.rules import Viewer, may_comment, side_of
from zabota.contracts.stored import load_texts
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.journal.actions import record
from zabota.journal.models import Audience

LONGEST = 5000
MOST_FILES = 100


class Empty(Exception):
    """There is nothing to say."""


class TooLong(Exception):
    """More than fits; says the limit."""

    limit = LONGEST


class TooMany(Exception):
    """A contract holds so many files already."""

    limit = MOST_FILES


@transaction.atomic
def comment(
    contract: Contract,
    text: str,
    *,
    by: Viewer,
    at: datetime,
    audience: str,
    clause: str = "",
    quote: str = "",
    author: str = "",
) -> Comment:
    """Write beside a clause. Ours write for colleagues unless they choose the client; the client's
    people write to us, or among themselves. `author` is named where somebody else brings the words
    of a person without an account: from a letter.
    """
    contract, stream = lock_contract(contract.pk)
    own = Audience.THEIRS if side_of(by) == "theirs" else Audience.OURS
    if not may_comment(by, contract) or audience not in (own, Audience.BOTH):
        raise PermissionDenied
    words = _fitting(text)
    if audience == Audience.BOTH and contract.case.audience == Audience.OURS:
        audience = Audience.OURS
    row = Comment.objects.create(
        contract=contract,
        clause=clause,
        version=contract.version,
        quote=quote[:500],
        audience=audience,
        text=words,
        author=author[:200],
        authored_at=at if author else None,
        made_by=by.user,
        made_at=at,
    )
    keep_words(contract.pk, words, audience, by=by, at=at)
    record(
        stream,
        COMMENTED,
        by=by.user.pk,
        at=at,
        audience=audience,
        contract=contract.pk,
        comment=row.pk,
        clause=clause,
        number=_number(contract, clause),
        side=side_of(by),
    )
    return row


def _number(contract: Contract, clause: str) -> str:
    """What the clause is called in the text that was sent: for history and letters."""
    if not clause or contract.version is None:
        return ""
    (text,) = load_texts(contract.version.tree)
    return plain_number(numbers(text.document).get(clause, ""))


def _fitting(text: str) -> str:
    words = text.strip()
    if not words:
        raise Empty
    if len(words) > LONGEST:
        raise TooLong
    return words


@transaction.atomic
def turn_comment(row: Comment, *, by: Viewer, at: datetime) -> Comment:
    """The writer of an internal comment turns it to the other side; it cannot be turned back.

    What we still prepare has no other side yet: there it stays as it is.
    """
    contract, stream = lock_contract(row.contract_id)
    row = Comment.objects.get(pk=row.pk)
    if row.made_by_id != by.user.pk or by.read_only or not may_comment(by, contract):
        raise PermissionDenied
    if row.audience == Audience.BOTH or contract.case.audience == Audience.OURS:
        return row
    row.audience, row.turned_at = Audience.BOTH, at
    row.save(update_fields=["audience", "turned_at"])
    keep_words(contract.pk, row.text, Audience.BOTH, by=by, at=at)
    record(
        stream,
        COMMENT_TURNED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        comment=row.pk,
        clause=row.clause,
        side=side_of(by),
    )
    return row


@transaction.atomic
def attach_file(
    contract: Contract,
    name: str,
    data: bytes,
    media_type: str,
    *,
    by: Viewer,
    at: datetime,
    audience: str,
) -> Attachment:
    """Put a file into the dossier; TooLarge and TooMany say what the limit is."""
    contract, stream = lock_contract(contract.pk)
    own = Audience.THEIRS if side_of(by) == "theirs" else Audience.OURS
    if not may_comment(by, contract) or audience not in (own, Audience.BOTH):
        raise PermissionDenied
    if contract.attachments.filter(removed_at=None).count() >= MOST_FILES:
        raise TooMany
    check_kind(name, data)
    file = keep_file(data, media_type, at=at, limit=settings.UPLOAD_LIMIT)
    row = Attachment.objects.create(
        contract=contract,
        file=file,
        name=safe_name(name),
        audience=audience,
        made_by=by.user,
        made_at=at,
    )
    keep_words(contract.pk, row.name, audience, by=by, at=at)
    record(
        stream,
        FILE_ATTACHED,
        by=by.user.pk,
        at=at,
        audience=audience,
        contract=contract.pk,
        attachment=row.pk,
        name=row.name,
    )
    return row


@transaction.atomic
def remove_file(row: Attachment, *, by: Viewer, at: datetime) -> Attachment:
    """Whoever put a file there may take it away; the history keeps its name."""
    contract, stream = lock_contract(row.contract_id)
    row = Attachment.objects.get(pk=row.pk)
    if row.made_by_id != by.user.pk or by.read_only:
        raise PermissionDenied
    if row.removed_at is None:
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        record(
            stream,
            FILE_REMOVED,
            by=by.user.pk,
            at=at,
            audience=row.audience,
            contract=contract.pk,
            attachment=row.pk,
            name=row.name,
        )
    return row
