"""An action refuses: the code is asked for, the wording is the reader's."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from zabota.people.refusal import Refused


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Passes when the block is refused with this code and says something in words."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
    assert str(caught.value)
