"""Files of a contract: by size, by number, and by what they really are."""

import pytest

from zabota.common.uploads import NotTaken, NotWhatItSays, check_kind, safe_name


def test_a_file_that_only_calls_itself_a_word_file_is_refused() -> None:
    for name, data in (("договор.docx", b"plain words"), ("счёт.PDF", b"PK\x03\x04")):
        with pytest.raises(NotWhatItSays):
            check_kind(name, data)


def test_what_is_what_it_says_or_says_nothing_is_taken() -> None:
    for name, data in (
        ("a.docx", b"PK\x03\x04"),
        ("b.pdf", b"%PDF-1.7"),
        ("c.txt", b"x"),
    ):
        check_kind(name, data)
    with pytest.raises(NotTaken):
        check_kind("d", b"")


def test_names_keep_their_ending_and_lose_paths() -> None:
    assert safe_name("..\\..\\a/Договор.docx") == "Договор.docx"
    assert (
        safe_name("я" * 300 + ".docx").endswith(".docx")
        and len(safe_name("я" * 300 + ".docx")) <= 205
    )
