"""The client's own number is kept without the sign that stands before it on every page."""

import pytest

from zabota.contracts.client_number import without_sign


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("№ 15/26-К", "15/26-К"), ("№15", "15"), ("No. 15", "15"), ("no 15/2", "15/2"),
        ("N 15", "15"), ("#7", "7"), ("№ № 15", "15"), (" 15/26 ", "15/26"), ("Nova-1", "Nova-1"),
        ("Н-15", "Н-15"), ("№", "№"), ("", ""), ("N15", "N15"),
    ],
)  # fmt: skip
def test_the_sign_is_left_out(typed: str, kept: str) -> None:
    assert without_sign(typed) == kept
