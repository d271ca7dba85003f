"""A dot between two facts stays with the fact before it."""

import re

from tests.support.checksum import ROOT

TITLES = re.compile(r"\{% block title %\}.*?\{% endblock %\}|<title>.*?</title>", re.S)


def test_no_line_of_a_page_begins_with_a_dot() -> None:
    """A space that may break before «·» lets a narrow line begin with it."""
    pages = sorted(ROOT.glob("src/zabota/*/templates/**/*.html"))
    assert pages
    assert [page.name for page in pages if " · " in TITLES.sub("", page.read_text())] == []
