"""The archive of a signed document as an operator (Диадок, СБИС) gives it: opened with care, its
parts told apart. Signatures are kept as they came; nothing here verifies them.

Plain Python. Sizes are bytes. Raises `ExchangeRefused` with a machine code and what it found.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

MOST_BYTES: Final = 30 * 1024 * 1024
MOST_PARTS: Final = 200
MOST_BYTES_INSIDE: Final = 100 * 1024 * 1024
MOST_RATIO: Final = 200
# Small parts may be very repetitive without harm.
RATIO_FROM: Final = 1024 * 1024
SIGNATURES: Final = (".sig", ".sgn", ".p7s", ".p7m", ".sign")
# МЧД: ON_EMCHD_….xml, ON_DOVBB_….xml by the formats of the tax service; else by the name given.
PROXY: Final = re.compile(r"(^|[/_ -])(on_(emchd|dov)|mchd|мчд|доверенност)[^/]*\.xml$", re.I)

type PartKind = Literal["document", "signature", "proxy", "other"]


@dataclass(eq=False)
class ExchangeRefused(Exception):
    """The archive is not taken: why, by code, and what was met."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One file of the archive: its name without folders, what it is, its bytes."""

    name: str
    kind: PartKind
    data: bytes


def read_exchange(data: bytes, document: str) -> list[Part]:
    """The parts of an archive that holds the document with this SHA-256 (hexadecimal), byte by byte
    the same, and at least one signature.
    """
    parts = _unpack(data)
    digests = {name: hashlib.sha256(words).hexdigest() for name, words in parts}
    found = [Part(_leaf(name), _kind(name, digests[name], document), raw) for name, raw in parts]
    if not any(part.kind == "document" for part in found):
        pdfs = [part.name for part in found if part.data.startswith(b"%PDF")]
        code = "other_document" if pdfs else "no_document"
        raise ExchangeRefused(code, {"names": ", ".join(pdfs[:3])})
    if not any(part.kind == "signature" for part in found):
        raise ExchangeRefused("no_signatures")
    return found


def _kind(name: str, digest: str, document: str) -> PartKind:
    if digest == document:
        return "document"
    if name.lower().endswith(SIGNATURES):
        return "signature"
    return "proxy" if PROXY.search(name) else "other"


def _leaf(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _unpack(data: bytes) -> list[tuple[str, bytes]]:
    if len(data) > MOST_BYTES:
        raise ExchangeRefused("too_large", {"limit": MOST_BYTES})
    if not data.startswith(b"PK"):
        raise ExchangeRefused("not_a_zip")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _inspect(infos, len(data))
            return [(_name(info), _read(archive, info)) for info in infos]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise ExchangeRefused("damaged", {"detail": str(error)}) from error
    except NotImplementedError as error:
        raise ExchangeRefused("damaged", {"detail": str(error)}) from error


def _inspect(infos: list[zipfile.ZipInfo], packed: int) -> None:
    """From the table of contents alone, before anything is unpacked."""
    if len(infos) > MOST_PARTS:
        raise ExchangeRefused("too_many", {"count": len(infos), "limit": MOST_PARTS})
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES_INSIDE:
        raise ExchangeRefused("too_big_inside", {"limit": MOST_BYTES_INSIDE})
    for info in infos:
        if info.flag_bits & 1:
            raise ExchangeRefused("encrypted", {"name": info.filename})
        if ".." in re.split(r"[/\\]", info.orig_filename) or "\0" in info.orig_filename:
            raise ExchangeRefused("bad_name", {"name": info.filename})
        if info.file_size > RATIO_FROM and info.file_size > max(info.compress_size, 1) * MOST_RATIO:
            raise ExchangeRefused("zip_bomb", {"name": info.filename})
    if total > RATIO_FROM and total > packed * MOST_RATIO:
        raise ExchangeRefused("zip_bomb", {"name": ""})


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """What the table of contents said of the size is held to while it is unpacked."""
    with archive.open(info) as handle:
        words = handle.read(info.file_size + 1)
    if len(words) > info.file_size:
        raise ExchangeRefused("zip_bomb", {"name": info.filename})
    return words


def _name(info: zipfile.ZipInfo) -> str:
    """Names of Russian archives are often in the DOS alphabet, without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return info.filename
