"""What is remembered of mentions; the words somebody wrote lie with the mention, not here."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.cases.entries import letter_address
from zabota.cases.models import Holder
from zabota.clients.models import Contact
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Audience, Entry
from zabota.voice.models import Aside, Mention, PlaceKind, Thanks


def _those_who_have_it(entry: Entry) -> Iterator[Notice]:
    """Whoever is to thank, unless they found it themselves."""
    mention = entry.facts["mention"]
    rows = Holder.objects.filter(case=mention, rank_at__isnull=False).order_by("pk")
    for user in dict.fromkeys(rows.values_list("employee__user", flat=True)):
        yield Notice(user, "mention_task", f"/desk/mentions/{mention}/")


def _who_is_thanked(entry: Entry) -> Iterator[Notice]:
    """Thanks by letter reach the person they are for, with the very words; other thanks were given
    where it was written.
    """
    if entry.facts["by_letter"] is None:
        return
    contact = Contact.objects.select_related("user").filter(
        pk=entry.facts["by_letter"], removed_at=None
    )
    words = Mention.objects.filter(pk=entry.facts["mention"]).values_list("words", flat=True)
    said = {"ru": f"\n{words[0]}", "en": f"\n{words[0]}"}
    for one in contact:
        if one.user is not None and one.user.is_active:
            yield Notice(one.user_id, "mention_thanks", "/room/", words=said)
        elif address := letter_address(one):
            yield Notice(None, "mention_thanks", "/room/", words=said, address=address)


def _where(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The site or the place; where nobody named it, what kind of place it was."""
    if facts["where"] not in PlaceKind.values:
        return {"where": facts["where"]}
    with translation.override(language):
        return {"where": str(PlaceKind(facts["where"]).label).lower()}


def _how(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    with translation.override(language):
        return {"how": str(Thanks(facts["how"]).label).lower()}


def _why_aside(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    with translation.override(language):
        return {"why": str(Aside(facts["why"]).label)}


def _kind(name: str, sentence: LazyText, icon: str, **more: Any) -> EntryKind:
    told = more.pop("told", None)
    return declare(EntryKind(f"voice.{name}", sentence, Audience.OURS, told, icon, **more))


MENTION_FOUND = _kind(
    "mention_found", _("A mention was found: {where}[. {actor}]"), "megaphone",
    told=_those_who_have_it, words=_where,
)  # fmt: skip
MENTION_THANKED = _kind(
    "mention_thanked", _("Thanked: {how}[. {actor}]"), "heart-handshake",
    told=_who_is_thanked, words=_how,
)  # fmt: skip
MENTION_SET_ASIDE = _kind(
    "mention_set_aside", _("Set aside: {why}[. {actor}]"), "archive", words=_why_aside
)
MENTION_BROUGHT_BACK = _kind(
    "mention_brought_back", _("To be thanked after all[. {actor}]"), "archive-restore"
)
MENTION_JOINED = _kind(
    "mention_joined", _("The same was found once more: {number}, {where}[. {actor}]"), "merge"
)
MENTION_JOINED_TO = _kind("mention_joined_to", _("The same as {number}[. {actor}]"), "merge")
MENTION_PARTED = _kind(
    "mention_parted", _("{number} is a mention of its own again[. {actor}]"), "split"
)
AUTHOR_CONFIRMED = _kind(
    "author_confirmed", _("The author is known: {client_name}[. Confirmed by: {actor}]"),
    "user-round-check",
)  # fmt: skip
AUTHOR_DENIED = _kind(
    "author_denied", _("Not written by: {client_name}[. {actor}]"), "user-round-x"
)
AUTHOR_TAKEN_BACK = _kind(
    "author_taken_back", _("The author is not known after all[. {actor}]"), "user-round-x"
)
MENTION_REWARDED = _kind(
    "mention_rewarded", _("Had what everybody has whom we thank for a mention[. {actor}]"), "gift"
)
MENTION_CORRECTED = _kind(
    "mention_corrected", _("What is known of the mention was corrected[. {actor}]"), "pencil"
)
SOURCE_ADDED = _kind("source_added", _("A source of mentions was set up: {name}[. {actor}]"), "rss")
SOURCE_CHANGED = _kind(
    "source_changed", _("A source of mentions was changed: {name}[. {actor}]"), "rss"
)
SOURCE_CLOSED = _kind(
    "source_closed", _("A source of mentions was closed: {name}[. {actor}]"), "circle-x"
)
TABLE_OF_MENTIONS_TAKEN_IN = _kind(
    "table_taken_in",
    _("A table of mentions was taken in: {new} new of {total}, {known} known already[. {actor}]"),
    "table",
)
MANNERS_CHANGED = _kind(
    "manners_changed", _("How we thank for mentions was changed[. {actor}]"), "settings"
)
READY_THANKS_SET = _kind(
    "ready_thanks_set", _("Words of thanks were written down[. {actor}]"), "notebook-pen"
)
READY_THANKS_CLOSED = _kind(
    "ready_thanks_closed", _("Words of thanks are offered no longer[. {actor}]"), "notebook-pen"
)
