"""Keeping and reading bytes: content-addressed, checked by size, never overwritten."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import ProtectedError

from zabota.common.models import File


@dataclass
class TooLarge(Exception):
    """The file is larger than what we take; says both sizes in bytes."""

    size: int
    limit: int


def keep_file(data: bytes, media_type: str, *, at: datetime, limit: int | None = None) -> File:
    """Store bytes once under their SHA-256 and return their row; TooLarge says what the limit
    is.
    """
    if limit is not None and len(data) > limit:
        raise TooLarge(len(data), limit)
    digest = hashlib.sha256(data).hexdigest()
    file, _ = File.objects.get_or_create(
        digest=digest, defaults={"size": len(data), "media_type": media_type, "kept_at": at}
    )
    _keep_bytes(file.path, data)
    return file


def _keep_bytes(path: str, data: bytes) -> None:
    """Whole bytes under their address: what a killed server left half-written is written anew."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(data):
            return
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def read_file(file: File) -> bytes:
    """The bytes as they came."""
    with default_storage.open(file.path) as handle:
        return bytes(handle.read())


def drop_file(file: File) -> bool:
    """The bytes go for good, where nothing else holds them; what an erased person sent."""
    path = file.path
    try:
        file.delete()
    except ProtectedError:
        return False
    default_storage.delete(path)
    return True
