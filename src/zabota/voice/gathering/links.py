"""Links as they are compared: the same page by whatever way somebody came to it."""

import re
from typing import Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

# What is added on the way and names no other page.
TRACKING: Final = re.compile(
    r"^(utm_.*|yclid|gclid|fbclid|ysclid|_openstat|from|ref|referrer|source|igshid|si|spm|"
    r"mc_cid|mc_eid|roistat|cm_id|etext)$"
)
# Addresses that only lead on to another, and where that stands.
LEADS_ON: Final = {
    "www.google.com": ("/url", ("url", "q")),
    "google.com": ("/url", ("url", "q")),
    "www.google.ru": ("/url", ("url", "q")),
    "news.yandex.ru": ("/yandsearch", ("url",)),
    "l.facebook.com": ("/l.php", ("u",)),
    "vk.com": ("/away.php", ("to",)),
    "away.vk.com": ("/away.php", ("to",)),
    "t.umblr.com": ("/redirect", ("z",)),
}
ALIKE_HOSTS: Final = re.compile(r"^(www|m|mobile|amp)\.")
PORTS: Final = {"http": 80, "https": 443}


def is_link(text: str) -> bool:
    """Whether it is the address of a page."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return False
    named = parts.hostname and ("." in parts.hostname or parts.hostname == "localhost" or port)
    return parts.scheme in PORTS and bool(named) and not re.search(r"\s", text.strip())


def led_on(link: str) -> str:
    """Where an address of a search engine or a network leads in the end; at most three steps."""
    for _ in range(3):
        parts = urlsplit(link)
        path, names = LEADS_ON.get(parts.hostname or "", ("", ()))
        if not path or not parts.path.startswith(path):
            return link
        asked = parse_qs(parts.query)
        onward = next((asked[name][0] for name in names if asked.get(name)), "")
        if not is_link(onward):
            return link
        link = onward
    return link


def same_link(link: str) -> str:
    """How a link is compared: no scheme, no “www” or “m”, no tracking, its questions in order, no
    slash at the end. A part named by “#” stays only where it names a review or a comment.
    """
    if not is_link(link):
        return ""
    parts = urlsplit(led_on(link.strip()))
    host = ALIKE_HOSTS.sub("", (parts.hostname or "").lower())
    if parts.port and parts.port != PORTS.get(parts.scheme):
        host = f"{host}:{parts.port}"
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKING.match(name)]
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    place = parts.fragment if re.search(r"\d", parts.fragment) else ""
    return urlunsplit(("", host, path, urlencode(sorted(asked)), place)).lstrip("/")


def host_of(link: str) -> str:
    """The site as people call it: otzovik.com."""
    if not is_link(link):
        return ""
    return ALIKE_HOSTS.sub("", (urlsplit(led_on(link.strip())).hostname or "").lower())
