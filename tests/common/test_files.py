"""Files are kept whole, once, under the digest of their bytes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from zabota.common.files import TooLarge, keep_file, read_file
from zabota.common.models import File

AT = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
DATA = "Спецификация № 1".encode() * 100


def test_the_same_bytes_are_kept_once(db: None) -> None:
    one = keep_file(DATA, "text/plain", at=AT)
    two = keep_file(DATA, "text/plain", at=AT)
    assert one == two == File.objects.get()
    assert read_file(one) == DATA


def test_what_a_killed_server_left_half_written_is_written_anew(db: None) -> None:
    data = DATA + b"half"
    file = keep_file(data, "text/plain", at=AT)
    kept = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / file.path
    kept.write_bytes(data[:700])
    file.delete()
    again = keep_file(data, "text/plain", at=AT)
    assert read_file(again) == data
    assert [one.name for one in kept.parent.glob(f"{file.digest}*")] == [file.digest]


def test_too_large_says_both_sizes(db: None) -> None:
    with pytest.raises(TooLarge) as refused:
        keep_file(b"12345", "text/plain", at=AT, limit=4)
    assert (refused.value.size, refused.value.limit) == (5, 4)
    assert not File.objects.exists()
