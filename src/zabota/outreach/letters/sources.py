"""Where letters lie: one alone, or many in an mbox."""

import re
from collections.abc import Iterator

# The line that begins a letter of an mbox: From somebody Tue Nov  3 10:12:00 2026.
ENVELOPE = re.compile(
    rb"^From \S*.{0,80}?\d{1,2}:\d{2}(:\d{2})?.{0,20}?\d{4}.{0,20}?\r?\n", re.MULTILINE
)
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def split_letters(data: bytes) -> Iterator[bytes]:
    """The letters of a file: of an mbox each alone, else the file itself, without the envelope
    line that some mail programs put on top.
    """
    if not data.startswith(b"From "):
        yield data
        return
    first = data.index(b"\n") + 1 if b"\n" in data else len(data)
    starts = [(0, first)]
    for match in ENVELOPE.finditer(data, first):
        if data[: match.start()].endswith((b"\n\n", b"\r\n\r\n")):
            starts.append(match.span())
    for (_, begin), (end, _) in zip(starts, [*starts[1:], (len(data), 0)], strict=True):
        yield ESCAPED.sub(rb"\1", data[begin:end])
