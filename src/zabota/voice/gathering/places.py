"""What kind of place a link leads to, and in which language somebody wrote."""

import re
from typing import Final

# By these a site is known for the kind of place it is; the first that fits counts.
PLACES: Final = (
    ("maps", r"(^|\.)(2gis|maps)\.|/maps/|maps\.app\.goo"),
    ("market", r"(^|\.)(ozon|wildberries|avito|amazon|aliexpress|megamarket)\.|^market\.yandex"),
    (
        "reviews",
        r"(otzovik|irecommend|otzyv|trustpilot|banki|tripadvisor|yell|zoon|flamp|sravni)"
        r"[a-z-]*\.",
    ),
    (
        "social",
        r"(^|\.)((vk|facebook|instagram|twitter|x|youtube|tiktok|linkedin)\.com|t\.me"
        r"|(vk|ok|dzen|rutube)\.ru)(/|$)",
    ),
    ("forum", r"forum|(^|\.)(pikabu|habr|livejournal|vc|reddit|drive2)\.|blog"),
)
ELSEWHERE: Final = "other"
_KNOWN = tuple((kind, re.compile(known)) for kind, known in PLACES)


def kind_of(link: str) -> str:
    """As far as its address tells; else `other`."""
    address = link.lower().partition("://")[2]
    address = re.sub(r"^(www|m)\.", "", address)
    return next((kind for kind, known in _KNOWN if known.search(address)), ELSEWHERE)


def language_of(text: str) -> str:
    """In which of our languages somebody is answered: by the letters they write in."""
    words = text.lower()
    cyrillic = len(re.findall(r"[а-яё]", words))
    return "ru" if cyrillic * 2 >= len(re.findall(r"[a-z]", words)) else "en"
