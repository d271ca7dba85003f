"""Taking in letters: kept whole, read, put where they belong, followed up; one after the other."""

import base64
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.measuring import Bench, Row
from benchmarks.worlds import Base, use
from zabota.cases.models import Case
from zabota.clients.models import Contact
from zabota.common import clock
from zabota.home.work import react_to
from zabota.outreach.actions import add_mailbox, receive_letter, send_message
from zabota.outreach.models import Mailbox
from zabota.outreach.tokens import reply_address

ADDRESS = "help@severny-svet.example"
LETTERS = 1_000
# A thousand a minute is what is aimed at: so long may one take.
ALLOWED_MS = 60.0
QUOTE = "\n".join(f"> Строка прежнего письма номер {n}" for n in range(40))
FILE = base64.encodebytes(b"%PDF-1.4\n" + bytes(range(256)) * 400).decode()


def measure(bench: Bench, base: Base, home: Path) -> None:
    """A thousand letters of five shapes: answers about contracts, strangers, koi8-r with a PDF,
    HTML, and what cannot be read.
    """
    path = home / "letters.sqlite3"
    shutil.copyfile(base.path, path)
    use(path)
    at, count = clock.now(), 20 if bench.quick else LETTERS
    mailbox = add_mailbox({"name": "Letters", "address": ADDRESS, "way": "pipe"}, by=None, at=at)
    raws = letters(count, at)
    begun, busy = time.perf_counter(), time.process_time()
    for n, raw in enumerate(raws):
        # Half a minute apart by the clock of the letters: who writes too often is held up.
        take_in(raw, mailbox, at + n * timedelta(seconds=30))
    took = (time.perf_counter() - begun) * 1000 / count
    work = (time.process_time() - busy) * 1000 / count
    bench.rows.append(
        Row("letters", "a letter taken in and followed up", took, None,
            "1,000 letters a minute", ALLOWED_MS, None, "faster", 1.0)
    )  # fmt: skip
    bench.note(
        f"{count:,} letters taken in: {60_000 / took:,.0f} a minute; "
        f"each is {work:.0f} ms of a processor, thus {60_000 / work:,.0f} where nothing else runs."
    )


def take_in(raw: bytes, mailbox: Mailbox, at: datetime) -> None:
    """A letter with what follows it in upper apps."""
    arrived = receive_letter(raw, mailbox, by=None, at=at)
    if arrived.entry is not None:
        react_to(arrived.entry, at)


def letters(count: int, at: datetime) -> list[bytes]:
    """Made beforehand: only taking them in is measured."""
    answers = _answers(at)
    made = []
    for n in range(count):
        match n % 5:
            case 0 | 1:
                sender, to = answers[n % len(answers)]
                made.append(_plain(n, sender, to))
            case 2:
                made.append(_with_file(n))
            case 3:
                made.append(_html(n))
            case _:
                made.append(b"\x00 nothing anybody could read %d" % n)
    return made


def _answers(at: datetime) -> list[tuple[str, str]]:
    """Who answers which letter of ours: many people, so that nobody writes too many in an hour."""
    found = []
    people = Contact.objects.with_access().select_related("user", "client")
    for contact in people:
        case = Case.objects.filter(client=contact.client).first()
        if case is None or contact.user is None:
            continue
        notice = send_message(case, "contract_news", contact.user, by=None, at=at)
        found.append((contact.user.email, reply_address(ADDRESS, notice.pk)))
    return found


def _head(n: int, sender: str, to: str, content: str) -> str:
    return (
        f"From: {sender}\r\nTo: {to}\r\nSubject: Letter {n}\r\nMessage-ID: <{n}@bench.example>\r\n"
        f"Date: Tue, 3 Nov 2026 10:12:00 +0300\r\nMIME-Version: 1.0\r\nContent-Type: {content}\r\n"
    )


def _plain(n: int, sender: str, to: str) -> bytes:
    head = _head(n, sender, to, "text/plain; charset=utf-8")
    body = f"Согласны, номер {n}.\n\nвт, 3 нояб. 2026 г. в 10:12, Свет <{ADDRESS}>:\n{QUOTE}\n"
    return f"{head}\r\n{body}".encode()


def _with_file(n: int) -> bytes:
    head = _head(n, f"p{n}@there.example", ADDRESS, "multipart/mixed; boundary=b")
    text = f"--b\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nВот счёт номер {n}.\r\n"
    file = (
        "--b\r\nContent-Type: application/pdf; name=bill.pdf\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{FILE}\r\n--b--\r\n"
    )
    return f"{head}\r\n{text}{file}".encode("koi8-r")


def _html(n: int) -> bytes:
    head = _head(n, f"h{n}@there.example", ADDRESS, "text/html; charset=windows-1251")
    rows = "".join(f"<tr><td>Позиция {k}</td><td><b>{k * n}</b></td></tr>" for k in range(60))
    html = f"<p>Добрый день, это письмо {n}.</p><table>{rows}</table><blockquote>Было</blockquote>"
    return f"{head}\r\n{html}".encode("cp1251")
