"""Workers watch the mailboxes: a thread for each, which fetches what is new, then listens (IDLE) or
looks again after a while.
"""

import logging
import secrets
import threading
from dataclasses import dataclass, field

from django.db import connection

from zabota.common import clock
from zabota.outreach import actions
from zabota.outreach.imap import FAULTS, Session, opened
from zabota.outreach.models import Mailbox, MailboxWay
from zabota.outreach.passwords import NoPassword, password_of

log = logging.getLogger("zabota.mail")

# How often new mailboxes are noticed, how long one round of listening is, how often a server that
# does not tell is asked, and how soon after a fault it is tried again.
NOTICE, LISTEN, ASK = 5.0, 50.0, 20.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0


@dataclass
class Watch:
    """All mailboxes of this worker. `stop` ends it; `news` is set when letters came, so that what
    follows begins at once.
    """

    stop: threading.Event
    news: threading.Event
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    threads: dict[int, threading.Thread] = field(default_factory=dict)

    def start(self) -> threading.Thread:
        """Watch in the background until `stop`."""
        thread = threading.Thread(target=self._notice, name="mailboxes", daemon=True)
        thread.start()
        return thread

    def _notice(self) -> None:
        while not self.stop.is_set():
            try:
                self._look_for_mailboxes()
            except Exception:
                log.exception("mailboxes cannot be listed, trying again")
            finally:
                connection.close()
            self.stop.wait(NOTICE)
        for thread in self.threads.values():
            thread.join(LISTEN)

    def _look_for_mailboxes(self) -> None:
        for mailbox in Mailbox.objects.filter(way=MailboxWay.IMAP, closed_at=None):
            thread = self.threads.get(mailbox.pk)
            if thread is None or not thread.is_alive():
                thread = threading.Thread(
                    target=self._watch,
                    args=(mailbox.pk,),
                    name=f"mailbox {mailbox.pk}",
                    daemon=True,
                )
                self.threads[mailbox.pk] = thread
                thread.start()

    def _watch(self, pk: int) -> None:
        """One mailbox, as long as it is open and nobody else watches it."""
        pause = FIRST_PAUSE
        while not self.stop.is_set():
            try:
                mailbox = Mailbox.objects.filter(pk=pk, closed_at=None).first()
                if mailbox is None:
                    return
                if not self._claims(mailbox):
                    self.stop.wait(NOTICE)
                    continue
                self._read(mailbox)
                pause = FIRST_PAUSE
            except (*FAULTS, NoPassword) as fault:
                pause = self._rest(pk, fault, pause)
            except Exception:
                log.exception("mailbox %s failed and will be tried again", pk)
                self.stop.wait(pause)
            finally:
                connection.close()
        self._release(pk)

    def _claims(self, mailbox: Mailbox) -> bool:
        return actions.claim_mailbox(mailbox, self.name, by=None, at=clock.now())

    def _release(self, pk: int) -> None:
        try:
            actions.release_mailbox(Mailbox(pk=pk), self.name, by=None, at=clock.now())
        finally:
            connection.close()

    def _rest(self, pk: int, fault: Exception, pause: float) -> float:
        """Say what is wrong, wait, longer each time."""
        words = str(fault) or type(fault).__name__
        log.warning("mailbox %s cannot be read: %s", pk, words)
        actions.note_fault(Mailbox(pk=pk), words, by=None, at=clock.now())
        connection.close()
        self.stop.wait(pause)
        return min(pause * 2, LONGEST_PAUSE)

    def _read(self, mailbox: Mailbox) -> None:
        """Read and listen, until it is changed, closed or another worker has it."""
        with opened(mailbox, password_of(mailbox)) as session:
            while not self.stop.is_set():
                self.fetch(mailbox, session)
                # Nothing of the database is held while we wait.
                connection.close()
                self._wait(session)
                now = Mailbox.objects.filter(pk=mailbox.pk, closed_at=None).first()
                if now is None or _signature(now) != _signature(mailbox) or not self._claims(now):
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
