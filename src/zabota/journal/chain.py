"""The chain: canonical text of an entry and the digest that ties it to the one before (plain
Python).

SHA-256 over the previous digest, a newline and the canonical text (UTF-8). The text is JSON with
sorted keys, no spaces and no NUL, times in UTC with microseconds; it is stored as TEXT, because a
database's own JSON type reorders keys and rewrites numbers.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

# A NUL as JSON writes it; words that only spell it begin with an escaped backslash.
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def canonical_text(
    *,
    stream: int,
    seq: int,
    kind: str,
    at: datetime,
    actor: int | None,
    acted_for: int | None,
    audience: str,
    facts: Mapping[str, Any],
    particulars: Mapping[str, str],
) -> str:
    """One entry as text that never changes; ValueError if a fact cannot be stored as written."""
    text = json.dumps(
        {
            "acted_for": acted_for,
            "actor": actor,
            "at": moment_text(at),
            "audience": audience,
            "facts": facts,
            "kind": kind,
            "particulars": particulars,
            "seq": seq,
            "stream": stream,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    if NUL.search(text):
        raise ValueError("a fact holds a NUL character, which cannot be stored")
    return text


def moment_text(at: datetime) -> str:
    """A moment in UTC with microseconds, always of the same length."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def link_digest(previous: str, canonical: str) -> str:
    """The digest of an entry: covers its text and the whole stream before it."""
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def particular_digest(salt: str, text: str) -> str:
    """What the entry keeps of a personal word; without the salt nobody can guess it back."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
