"""Workers watch the mailboxes: fetch what is new, then listen (IDLE) or look again later."""

from dataclasses import dataclass

from django.db import connection

from zabota.common import clock
from zabota.outreach import actions
from zabota.outreach.imap import FAULTS, Session, opened
from zabota.outreach.models import Mailbox, MailboxWay
from zabota.outreach.passwords import password_of
from zabota.outreach.watcher import LISTEN, Watcher

# How often a server that does not tell is asked.
ASK = 20.0

__all__ = ["LISTEN", "Watch"]


@dataclass
class Watch(Watcher):
    """All mailboxes of this worker."""

    called = "mailbox"
    faults = FAULTS

    def places(self) -> list[int]:
        """Those that are fetched by IMAP."""
        boxes = Mailbox.objects.filter(way=MailboxWay.IMAP, closed_at=None)
        return list(boxes.values_list("pk", flat=True))

    def find(self, pk: int) -> Mailbox | None:
        """One of them, while it is open."""
        return Mailbox.objects.filter(pk=pk, closed_at=None).first()

    def claims(self, row: Mailbox) -> bool:
        """Whether this worker watches it now."""
        return actions.claim_mailbox(row, self.name, by=None, at=clock.now())

    def release(self, pk: int) -> None:
        """Others may have it."""
        actions.release_mailbox(Mailbox(pk=pk), self.name, by=None, at=clock.now())

    def note(self, pk: int, fault: str) -> None:
        """What the server answered."""
        actions.note_fault(Mailbox(pk=pk), fault, by=None, at=clock.now())

    def read(self, row: Mailbox) -> None:
        """Read and listen, until it is changed, closed or another worker has it."""
        mailbox = row
        with opened(mailbox, password_of(mailbox)) as session:
            while not self.stop.is_set():
                self.fetch(mailbox, session)
                # Nothing of the database is held while we wait.
                connection.close()
                self._wait(session)
                now = self.find(mailbox.pk)
                if now is None or _signature(now) != _signature(mailbox) or not self.claims(now):
                    return
                mailbox = now

    def fetch(self, mailbox: Mailbox, session: Session) -> int:
        """Take what is new; how many letters. The place is remembered after each, so that a worker
        that dies goes on where it was.
        """
        same = mailbox.validity == session.validity
        last = mailbox.last_uid if same else 0
        count = 0
        for uid in session.uids_after(last, mailbox.made_at.date()):
            raw = session.letter(uid)
            if raw is not None:
                actions.receive_letter(raw, mailbox, by=None, at=clock.now())
                count += 1
                self.news.set()
            last = uid
            actions.note_progress(mailbox, session.validity, last, by=None, at=clock.now())
            if self.stop.is_set():
                break
        if not count:
            actions.note_progress(mailbox, session.validity, last, by=None, at=clock.now())
        mailbox.validity, mailbox.last_uid = session.validity, last
        return count

    def _wait(self, session: Session) -> None:
        if not session.tells:
            self.stop.wait(ASK)
            return
        with session.listening():
            for _ in range(int(LISTEN)):
                if session.heard(1.0) or self.stop.is_set():
                    return


def _signature(mailbox: Mailbox) -> tuple[object, ...]:
    """What has to be the same for a connection to be still the right one."""
    return (
        mailbox.host, mailbox.port, mailbox.security, mailbox.login, mailbox.secret,
        mailbox.secret_env, mailbox.folder,
    )  # fmt: skip
