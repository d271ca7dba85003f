"""Mentions near a new one: those laid under the same keys, compared."""

from dataclasses import dataclass
from typing import Final

from zabota.voice.gathering.links import same_link
from zabota.voice.gathering.twins import JOINED, OFFERED, Alike, Told, compare, keys_of
from zabota.voice.models import Mention, MentionKey

MOST: Final = 200


@dataclass(frozen=True)
class Near:
    """A mention that may be the same, the one it is now, and how sure that is."""

    mention: int
    root: int
    alike: Alike
    same_page: bool


def nearest(told: Told) -> list[Near]:
    """Those that may be the same, the surest first; of thousands under one key only the newest."""
    keys = {key[:60] for key in keys_of(told)}
    if not keys:
        return []
    under = MentionKey.objects.filter(key__in=keys).order_by("-mention").values("mention")[:MOST]
    rows = Mention.objects.filter(pk__in=list(under.values_list("mention", flat=True)))
    found = []
    link = same_link(told.link)
    for row in rows.values("pk", "case__root", "text", "link", "author"):
        alike = compare(told, Told(row["text"], row["link"], row["author"]))
        if alike.sure >= OFFERED:
            same_page = bool(link) and same_link(row["link"]) == link
            found.append(Near(row["pk"], row["case__root"] or row["pk"], alike, same_page))
    return sorted(found, key=lambda one: (-one.alike.sure, one.mention))


def known_already(told: Told, near: list[Near]) -> Mention | None:
    """The very mention: the same page with the same words, or without any told now; with no page,
    the same words of the same author.
    """
    for one in near:
        enough = one.alike.sure >= JOINED
        if enough and (one.same_page or (not told.link and one.alike.sure >= JOINED + 2)):
            return Mention.objects.select_related("case").get(pk=one.mention)
    return None
