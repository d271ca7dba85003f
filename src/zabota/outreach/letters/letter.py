"""What a letter consists of, once read."""

from dataclasses import dataclass
from datetime import datetime


class Unreadable(Exception):
    """The bytes are no letter we can act on; `code` says why: `empty`, `no_sender`, `too_large`,
    `too_many_parts`, `broken`. The bytes themselves are kept by whoever called.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """Who, as written, and where: the e-mail address in lower case."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the letter: a safe name, the type its bytes show, and whether it stands in the
    text (`content_id` is how the HTML names it).
    """

    name: str
    media_type: str
    data: bytes
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail server says a letter of ours was not delivered (RFC 3464).

    `message_id` is of our letter, "" where the report does not say; `status` like 5.1.1;
    `permanent` is False for a mere delay.
    """

    to: str
    message_id: str
    status: str
    said: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `text` is all its words, quoted history included; `html` is cleaned and loads
    nothing from elsewhere. `automatic` is "" for a person's letter, else why we think an automaton
    sent it: `bounce`, `absence`, `list`, `auto`. `addressed` is whom it was delivered to as the
    servers on the way wrote, beside `to` and `cc`.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    addressed: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    automatic: str = ""
    bounce: Bounce | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address it was sent to, as far as it says, without repeats."""
        named = [address.email for address in (*self.to, *self.cc)]
        return tuple(dict.fromkeys((*self.addressed, *named)))

    @property
    def answers(self) -> tuple[str, ...]:
        """The letters it answers, the nearest first."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))
