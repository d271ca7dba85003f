"""Fetching letters from a mail server by IMAP. Nothing is changed there: the folder is only looked
at, so people may read it beside us.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from zabota.outreach.models import Mailbox, Security

SECONDS = 30
# What may go wrong between us and a mail server, and goes away or is mended there.
FAULTS = (IMAPClientError, OSError, ssl.SSLError)


class Session:
    """One connection to one folder."""

    def __init__(self, client: IMAPClient, validity: int) -> None:
        self._client, self.validity = client, validity

    def uids_after(self, last: int, since: date) -> list[int]:
        """Numbers of letters that came after that one, since that day, the oldest first."""
        found = self._client.search(["UID", f"{last + 1}:*", "SINCE", since])
        # «n:*» always names the last letter, also one before n.
        return sorted(int(uid) for uid in found if uid > last)

    def letter(self, uid: int) -> bytes | None:
        """A letter whole, unmarked; None where it was taken away meanwhile."""
        told = self._client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {})
        data = told.get(b"BODY[]")
        return bytes(data) if data is not None else None

    @property
    def tells(self) -> bool:
        """Whether the server says by itself that something came (IDLE)."""
        return bool(self._client.has_capability("IDLE"))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While in it, `heard` says what the server tells."""
        self._client.idle()
        try:
            yield
        finally:
            self._client.idle_done()

    def heard(self, seconds: float) -> bool:
        """Whether the server told of anything within so many seconds."""
        return bool(self._client.idle_check(timeout=seconds))


@contextmanager
def opened(mailbox: Mailbox, password: str) -> Iterator[Session]:
    """A connection to the mailbox's folder, closed whatever happens."""
    trusted = ssl.create_default_context()
    secure = mailbox.security == Security.TLS
    client = IMAPClient(
        mailbox.host, mailbox.port, ssl=secure, ssl_context=trusted if secure else None,
        timeout=SECONDS,
    )  # fmt: skip
    try:
        if mailbox.security == Security.STARTTLS:
            client.starttls(trusted)
        client.login(mailbox.login, password)
        told = client.select_folder(mailbox.folder, readonly=True)
        yield Session(client, int(told.get(b"UIDVALIDITY", 0)))
    finally:
        # What went wrong is told, not that taking leave went wrong as well.
        with suppress(*FAULTS):
            client.logout()
        with suppress(*FAULTS):
            client.shutdown()
