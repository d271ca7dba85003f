"""Feeds are read when they are due; letters of alerts become mentions as they come."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import translation

from zabota.common.files import read_file
from zabota.journal.models import Entry
from zabota.outreach.letters import Unreadable, read_letter
from zabota.outreach.models import Received, ReceivedState
from zabota.people.firm import current_firm
from zabota.voice.actions.note import Where, note_mention
from zabota.voice.actions.sources import note_source
from zabota.voice.fetching import fetched, why_not
from zabota.voice.gathering.alerts import read_alert
from zabota.voice.gathering.feeds import NoFeed, read_feed
from zabota.voice.gathering.fetch import Fetched, NotFetched
from zabota.voice.gathering.found import Found, forgotten, many_lines, one_line
from zabota.voice.models import Delivery, DeliveryState, Mention, Source, SourceKind, Way

# How often a feed is asked, and how much later each time it does not answer.
OFTEN: Final = timedelta(minutes=15)
SELDOM: Final = timedelta(hours=6)
# While one worker asks, the others leave it alone.
ASKING: Final = timedelta(minutes=2)
AT_ONCE: Final = 20
NO_FEED: Final = {
    "ru": "По этому адресу нет ленты RSS или Atom.",
    "en": "There is no RSS or Atom feed at this address.",
}


def read_feeds(*, by: None, at: datetime) -> int:
    """The feed that has waited longest; how many new mentions. Nothing is held while we wait for
    its answer.
    """
    due = Source.objects.filter(look_at__lte=at, kind=SourceKind.FEED, closed_at=None)
    source = due.order_by("look_at", "pk").first()
    if source is None:
        return 0
    mine = Source.objects.filter(pk=source.pk, look_at=source.look_at)
    if mine.update(look_at=at + ASKING) != 1:
        return 0
    asked = {"Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.8"}
    asked |= {"If-None-Match": source.etag} if source.etag else {}
    asked |= {"If-Modified-Since": source.modified} if source.modified else {}
    try:
        answer = fetched(source.url, headers=asked)
        found = read_feed(answer.data, answer.link) if answer.status != 304 else []
    except (NotFetched, NoFeed) as fault:
        return _rest(source, fault, at)
    found = _unknown(source, found)
    new = take_found(source, found, _mark(answer), by=by, at=at) if found else 0
    told = answer.headers
    Source.objects.filter(pk=source.pk).update(
        etag=told.get("etag", source.etag)[:200],
        modified=told.get("last-modified", source.modified)[:100],
        look_at=at + OFTEN,
    )
    note_source(source, "", by=by, at=at)
    return new


def _unknown(source: Source, found: list[Found]) -> list[Found]:
    """A feed tells the same again and again; what it told before brings nothing."""
    names = [name for one in found for name in (one.outer, forgotten(one.outer))]
    told = Mention.objects.filter(source=source, outer__in=names)
    known = set(told.values_list("outer", flat=True))
    return [one for one in found if not {one.outer, forgotten(one.outer)} & known]


def take_found(source: Source, found: list[Found], mark: str, *, by: None, at: datetime) -> int:
    """What came at once becomes mentions; brought again it does nothing. How many are new."""
    delivery, first = Delivery.objects.get_or_create(
        source=source, mark=mark,
        defaults={"state": DeliveryState.DONE, "at": at, "total": len(found)},
    )  # fmt: skip
    if not first and delivery.done == delivery.total:
        return 0
    where, new = Where(Way.SOURCE, source=source, delivery=delivery), 0
    for start in range(delivery.done, len(found), AT_ONCE):
        with transaction.atomic():
            portion = found[start : start + AT_ONCE]
            noted = [note_mention(one, where, by=by, at=at) for one in portion]
            new += sum(one.is_new for one in noted)
            delivery.done += len(portion)
            delivery.new += sum(one.is_new for one in noted)
            delivery.known = delivery.done - delivery.new
            delivery.finished_at = at
            delivery.save(update_fields=["done", "new", "known", "finished_at"])
    return new


@transaction.atomic
def take_alert(entry: Entry, *, by: None, at: datetime) -> int:
    """A letter that a service sent us: each page it names is a mention; where it names none, its
    own words are.
    """
    letter = (
        Received.objects.select_related("mailbox__source", "file")
        .filter(pk=entry.facts["letter"], mailbox__source__isnull=False)
        .exclude(state__in=[ReceivedState.COPY, ReceivedState.BOUNCE, ReceivedState.KEPT])
        .first()
    )
    if letter is None or letter.mailbox is None:
        return 0
    source: Source = letter.mailbox.source
    if source.closed_at is not None:
        return 0
    found = _of_letter(letter)
    note_source(source, "", by=by, at=at)
    return take_found(source, found, f"letter:{letter.pk}", by=by, at=at) if found else 0


def _of_letter(letter: Received) -> list[Found]:
    try:
        read = read_letter(read_file(letter.file))
    except Unreadable:
        return []
    found = read_alert(read.html, read.text, read.sender.email)
    if found or not letter.text.strip():
        return found
    words = many_lines(letter.text)
    return [Found(text=words, title=one_line(letter.subject, 300), written_at=read.date)]


def _mark(answer: Fetched) -> str:
    return f"feed:{hashlib.sha256(answer.data).hexdigest()}"


def _rest(source: Source, fault: NotFetched | NoFeed, at: datetime) -> int:
    """Say what is wrong, and ask again, later the longer it lasts."""
    since = source.fault_since or at
    pause = min(max(OFTEN, at - since), SELDOM)
    language = current_firm().language
    with translation.override(language):
        words = NO_FEED[language] if isinstance(fault, NoFeed) else why_not(fault)
    Source.objects.filter(pk=source.pk).update(look_at=at + pause)
    note_source(source, words, by=None, at=at)
    return 0
