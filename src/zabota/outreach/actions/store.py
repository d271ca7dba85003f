"""The one door: a message is stored here, with its purpose; sending comes after."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from zabota.cases.models import Case
from zabota.journal.models import Entry
from zabota.outreach.models import Message
from zabota.outreach.purposes import PURPOSES
from zabota.people.models import SignInCode, User

DIGEST_SPAN = timedelta(minutes=10)


def send_message(
    case: Case | None,
    purpose: str,
    to: User | str,
    *,
    by: object,
    at: datetime,
    path: str = "",
    entry: Entry | None = None,
    code: SignInCode | None = None,
    **facts: Any,
) -> Message:
    """Store a message to an account or an address. Without a case only service purposes may
    leave.
    """
    message = make_message(case, purpose, to, at=at, path=path, entry=entry, code=code, **facts)
    message.save(force_insert=True)
    return message


def send_sign_in_code(code: SignInCode | None, *, by: None, at: datetime) -> Message | None:
    """Mail a client their code; None stays None, so that the page cannot tell a known address."""
    if code is None:
        return None
    return send_message(None, "sign_in", code.user, by=by, at=at, code=code)


def make_message(
    case: Case | None,
    purpose: str,
    to: User | str,
    *,
    at: datetime,
    path: str = "",
    entry: Entry | None = None,
    code: SignInCode | None = None,
    send_after: datetime | None = None,
    **facts: Any,
) -> Message:
    """The row of a message, not yet stored; its Message-ID is fixed here, once."""
    if case is None and not PURPOSES[purpose].service:
        raise ValueError(f"a message about {purpose} needs a case")
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return Message(
        entry=entry,
        case=case,
        code=code,
        to=to if isinstance(to, User) else None,
        address=to.email if isinstance(to, User) else to,
        purpose=purpose,
        path=path,
        facts=facts,
        made_at=at,
        send_after=send_after or at,
        message_id=f"<{uuid.uuid4().hex}@{host}>",
    )
