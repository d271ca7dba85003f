"""Words of a letter's head as they travel (RFC 2047), each space within an encoded word.

Python folds a long subject or name at a space and leaves the space outside, where mail programs
drop it («не выполненов срок»), or puts one into the middle of a word («обра щение»).
"""

from base64 import b64encode
from collections.abc import Iterator
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any, Final

from django.core.mail import EmailMultiAlternatives

# An encoded word has at most 75 signs, a line that holds one at most 76.
LINE, AROUND = 76, len("=?utf-8?b??=")
WORDS: Final = frozenset({"subject", "from", "to", "cc", "reply-to"})


class WholeWords(EmailPolicy):
    """The policy of a letter that leaves: what is not ASCII in its head is encoded by us."""

    def fold(self, name: str, value: Any) -> str:
        """One field, as text."""
        return folded(name, value, self.linesep) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One field, as bytes."""
        return folded(name, value, self.linesep).encode() or super().fold_binary(name, value)


class Mail(EmailMultiAlternatives):
    """A mail whose subject and names arrive as they were written."""

    def message(self, *, policy: Any = None) -> EmailMessage:
        """As it is handed over; the line ends are those of the way it goes."""
        ends = policy.linesep if policy is not None else "\n"
        letter: EmailMessage = super().message(policy=WholeWords(linesep=ends))
        return letter


def folded(name: str, value: Any, ends: str) -> str:
    """The field in lines; "" where it needs no encoding."""
    if name.lower() not in WORDS or str(value).isascii():
        return ""
    if isinstance(value, AddressHeader):
        lines = [line for each in value.addresses for line in _address(name, each)]
        lines = [f"{line}," if line.endswith(">") else line for line in lines]
        lines[-1] = lines[-1].rstrip(",")
    else:
        lines = list(encoded(str(value), len(name) + 2))
    return f"{name}: {f'{ends} '.join(lines)}{ends}"


def _address(name: str, each: Address) -> Iterator[str]:
    """One of them: its name encoded, or as it stands; the address ends with its bracket."""
    if each.display_name.isascii():
        yield str(each) if each.display_name else f"<{each.addr_spec}>"
        return
    yield from encoded(each.display_name, len(name) + 2)
    yield f"<{each.addr_spec}>"


def encoded(text: str, taken: int = 0) -> Iterator[str]:
    """The encoded words of a text, a line each; of the first line so much is `taken` already."""
    held = b""
    room = LINE - taken - AROUND
    for sign in text:
        more = sign.encode()
        if held and -(-(len(held) + len(more)) // 3) * 4 > room:
            yield f"=?utf-8?b?{b64encode(held).decode()}?="
            held, room = b"", LINE - 1 - AROUND
        held += more
    yield f"=?utf-8?b?{b64encode(held).decode()}?="
