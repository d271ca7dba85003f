"""A packed file from outside (XLSX, ZIP) is looked at before anything parses it: what unpacks to
far more than it is, or brings entities of its own, is refused. Free of Django.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Final

MOST_UNPACKED: Final = 80 * 1024 * 1024
MOST_RATIO: Final = 120
MOST_PARTS: Final = 300


@dataclass
class Unreadable(Exception):
    """The file is not taken: `code` is too_large, not_xlsx or bomb, or what its reader
    finds besides."""

    code: str
    limit: int = 0
    missing: tuple[str, ...] = ()


def look_at(data: bytes, limit: int) -> None:
    """Unreadable, where the bytes are too many, no ZIP, or unpack to far more than they are."""
    if len(data) > limit:
        raise Unreadable("too_large", limit)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or size > max(MOST_UNPACKED, limit * 2):
                raise Unreadable("bomb")
            if size > MOST_RATIO * max(len(data), 10_000):
                raise Unreadable("bomb")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    start = package.read(part)[:4096].upper()
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        raise Unreadable("bomb")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as broken:
        raise Unreadable("not_xlsx") from broken
