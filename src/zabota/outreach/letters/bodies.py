"""Parts of a letter: its words, its HTML, its files."""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from zabota.common.uploads import safe_name
from zabota.outreach.letters.charsets import decode_bytes
from zabota.outreach.letters.headers import decode_words, header
from zabota.outreach.letters.html import clean_html, html_to_text
from zabota.outreach.letters.letter import Attachment
from zabota.outreach.letters.winmail import read_winmail

# What the first bytes of the usual files say.
SHOWN_BY = (
    (b"%PDF", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
PICTURES = ("image/png", "image/jpeg", "image/gif")
PLAIN = "application/octet-stream"
CALENDAR = "text/calendar"
WINMAIL = ("application/ms-tnef", "application/vnd.ms-tnef")
# Shorter words beside an HTML are only a note that there is an HTML.
NOTE = 120


@dataclass
class Bodies:
    """What the parts gave: words, cleaned HTML, the charset they came in, files."""

    text: str = ""
    html: str = ""
    charset: str = ""
    attachments: list[Attachment] = field(default_factory=list)


def read_bodies(message: Message) -> Bodies:
    """Walk the parts once: what is shown becomes words, all else files."""
    found = Bodies()
    texts: list[str] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        # What calls itself many parts and is none is words.
        kind = "text/plain" if kind.startswith("multipart/") else kind
        shown = kind in ("text/plain", "text/html") and not _is_file(part)
        if shown and kind == "text/html" and not found.html:
            # Cleaned before anything else reads it: what comes out is well formed.
            found.html = clean_html(_words(part, found))
        elif shown and kind == "text/plain":
            texts.append(_unflowed(part, _words(part, found)))
        else:
            brought = _attachment(part, len(found.attachments) + 1)
            if brought.media_type in WINMAIL or brought.name.lower() == "winmail.dat":
                texts += _unwrap(brought, found, alone=not texts)
            elif not _is_invitation_again(brought, found.attachments):
                found.attachments.append(brought)
    found.text = "\n\n".join(text.strip("\r\n") for text in texts if text.strip())
    if found.html and len(found.text) < NOTE:
        # Some programs put only a note beside the HTML: the longer words are the letter's.
        spoken = html_to_text(found.html)
        found.text = spoken if len(spoken) > len(found.text) else found.text
    return found


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something themselves; a letter inside a letter is one of them."""
    if message.get_content_maintype() == "message" and message.is_multipart():
        yield message
    elif message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _is_file(part: Message) -> bool:
    disposition = (header(part, "Content-Disposition").split(";")[0]).strip().lower()
    return disposition == "attachment" or (disposition != "inline" and bool(_file_name(part)))


def _words(part: Message, found: Bodies) -> str:
    charset = _parameter(part, "charset", "content-type")
    found.charset = found.charset or charset
    return decode_bytes(_data(part), charset)


def _data(part: Message) -> bytes:
    """The bytes of a part; what its encoding breaks is taken as it stands."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, UnicodeError):
        data = None
    if isinstance(data, bytes):
        return data
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _parameter(part: Message, name: str, of: str) -> str:
    """A parameter of a field, RFC 2231 included."""
    try:
        value = part.get_param(name, "", header=of)
    except (ValueError, LookupError, TypeError, IndexError):
        return ""
    if isinstance(value, tuple):
        charset, _, text = value
        return decode_bytes(str(text).encode("latin-1", "replace"), charset or "")
    text = str(value or "")
    if not text.isascii():
        text = decode_bytes(text.encode("utf-8", "surrogateescape"))
    return decode_words(text)


def _file_name(part: Message) -> str:
    return _parameter(part, "filename", "content-disposition") or _parameter(
        part, "name", "content-type"
    )


def _attachment(part: Message, number: int) -> Attachment:
    inner = part.get_content_maintype() == "message" and part.is_multipart()
    data = _inner_letter(part) if inner else _data(part)
    kind = media_type_of(data, part.get_content_type())
    name = _file_name(part) or (_inner_subject(part) if inner else "")
    if not name and kind == CALENDAR:
        name = "invite.ics"
    if not name:
        name = f"{number}{'.eml' if inner else mimetypes.guess_extension(kind) or '.bin'}"
    content_id = header(part, "Content-ID").strip("<> ")
    disposition = header(part, "Content-Disposition").lower()
    inline = kind in PICTURES and (
        disposition.startswith("inline") or (bool(content_id) and "attachment" not in disposition)
    )
    return Attachment(safe_name(name), kind, data, inline, content_id[:200])


def _inner_letter(part: Message) -> bytes:
    """A letter inside a letter, as bytes; a report's parts one after the other."""
    inner = [each for each in part.get_payload() if isinstance(each, Message)]
    try:
        return b"\n".join(each.as_bytes() for each in inner)
    except (UnicodeError, LookupError, TypeError, KeyError, AttributeError):
        return "\n".join(str(each.get_payload()) for each in inner).encode("utf-8", "replace")


def _inner_subject(part: Message) -> str:
    """What a letter inside a letter is about, as its name."""
    inner = part.get_payload(0)
    subject = header(inner, "Subject") if isinstance(inner, Message) else ""
    name = re.sub(r"[\\/:*?\"<>|]+", " ", subject).strip(" .")[:120]
    return f"{name}.eml" if name else ""


def _unwrap(brought: Attachment, found: Bodies, *, alone: bool) -> list[str]:
    """What Outlook wrapped becomes files of the letter, and its words where it is `alone` to say
    any. Where nothing can be read out of it, it is a file as it came; beside words, one without
    files only holds the same words once more.
    """
    wrapped = read_winmail(brought.data)
    for one in wrapped.files:
        name = safe_name(one.name) if one.name else f"{len(found.attachments) + 1}.bin"
        kind = media_type_of(one.data, mimetypes.guess_type(name)[0] or "")
        found.attachments.append(Attachment(name, kind, one.data, False, ""))
    if alone and not found.html and wrapped.html:
        found.html = clean_html(wrapped.html)
    words = [wrapped.text] if alone and wrapped.text.strip() and not found.html else []
    only_looks = wrapped.known and not alone
    if not (wrapped.files or words or only_looks or (alone and found.html)):
        found.attachments.append(brought)
    return words


def _is_invitation_again(brought: Attachment, before: list[Attachment]) -> bool:
    """Calendars lay the same invitation twice: as one of the looks of a letter, and as a file."""
    if not brought.name.lower().endswith(".ics"):
        return False
    lines = brought.data.split()
    return any(one.data.split() == lines for one in before if one.name.lower().endswith(".ics"))


def media_type_of(data: bytes, declared: str) -> str:
    """The type the bytes show; where they show none, what the letter says of it."""
    for beginning, kind in SHOWN_BY:
        if data.startswith(beginning):
            return kind
    pretends = declared in {kind for _, kind in SHOWN_BY}
    return PLAIN if pretends or not declared else declared[:100]


def _unflowed(part: Message, text: str) -> str:
    """RFC 3676: lines that end with a space go on in the next one of the same depth."""
    if _parameter(part, "format", "content-type").lower() != "flowed":
        return text
    glue = "" if _parameter(part, "delsp", "content-type").lower() == "yes" else " "
    lines: list[str] = []
    depth_before, flows = -1, False
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare[1:] if bare.startswith(" ") else bare
        if flows and depth == depth_before and bare != "-- ":
            lines[-1] = lines[-1].rstrip(" ") + glue + bare
        else:
            lines.append(">" * depth + (" " if depth else "") + bare)
        flows, depth_before = bare.endswith(" ") and bare != "-- ", depth
    return "\n".join(lines)
