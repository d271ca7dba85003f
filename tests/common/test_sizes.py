"""Sizes of files as people say them."""

import pytest
from django.utils import translation

from zabota.common.sizes import file_size


@pytest.mark.parametrize(
    ("count", "ru", "en"),
    [
        (20 * 1024**2, "20 МБ", "20 MB"),
        (1_468_006, "1,4 МБ", "1.4 MB"),
        (1024, "1 КБ", "1 KB"),
        (100 * 1024, "100 КБ", "100 KB"),
    ],
)
def test_a_tenth_stands_only_where_it_says_something(count: int, ru: str, en: str) -> None:
    for language, words in (("ru", ru), ("en", en)):
        with translation.override(language):
            assert file_size(count).replace("\xa0", " ") == words
