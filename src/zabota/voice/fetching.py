"""Pages somebody pasted a link to, read within the limits this installation sets."""

import ipaddress
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from zabota.voice.gathering.fetch import Fetched, Network, NotFetched, fetch
from zabota.voice.gathering.found import Found
from zabota.voice.gathering.pages import read_page

KINDS = ("text/html", "application/xhtml+xml", "text/plain", "")


def networks_of_ours() -> tuple[Network, ...]:
    """Networks inside that may be reached all the same: a monitoring service of one's own."""
    return tuple(ipaddress.ip_network(one) for one in settings.REACHED_INSIDE)


def fetched(link: str, **more: Any) -> Fetched:
    """The bytes behind a link; NotFetched says why there are none."""
    return fetch(link, ours=networks_of_ours(), **more)


def page_at(link: str) -> Found:
    """The mention a page holds, with the link it was asked by."""
    page = fetched(link, headers={"Accept": "text/html, text/plain;q=0.8"})
    if page.media_type not in KINDS:
        raise NotFetched("kind", page.media_type)
    found = read_page(page.data, page.headers.get("content-type", ""), link)
    if not found.text:
        raise NotFetched("empty")
    return found


def why_not(fault: NotFetched) -> str:
    """What stands in the way, and what to do."""
    words = {
        "address": gettext("This is not a public address of the web."),
        "private": gettext("This address lies inside a network and is not read."),
        "unknown_host": gettext("There is no such site."),
        "too_slow": gettext("The site answers too slowly."),
        "too_large": gettext("The page is too large."),
        "too_many_steps": gettext("The page leads on and on to other pages."),
        "refused": gettext("The site does not show this page to programs."),
        "kind": gettext("There is no page with words there."),
        "empty": gettext("No words were found on the page."),
    }
    return words.get(fault.code) or gettext("The site does not answer.")
