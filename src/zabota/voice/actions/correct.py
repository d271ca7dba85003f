"""What is known of a mention is put right while nobody has been thanked for it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import hold_together, touch_case
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.voice.actions.guess import fresh_mention, guess_authors
from zabota.voice.entries import MENTION_CORRECTED
from zabota.voice.gathering.found import Found
from zabota.voice.gathering.links import host_of
from zabota.voice.gathering.places import kind_of, language_of
from zabota.voice.gathering.twins import Told, digest_of, digest_of_link, keys_of
from zabota.voice.models import Mention, MentionKey
from zabota.voice.rules import may_correct_mention


@transaction.atomic
def correct_mention(
    mention: Mention, found: Found, place_kind: str, *, by: StaffViewer, at: datetime
) -> Mention:
    """The words, who wrote, where: as they really are. Whose it may be is guessed anew."""
    held = hold_together(mention.pk)[mention.pk]
    mention = fresh_mention(mention.pk)
    if not may_correct_mention(by, mention):
        raise PermissionDenied
    mention.text, mention.digest = found.text, digest_of(found.text)
    mention.link, mention.link_digest = found.link[:2000], digest_of_link(found.link)
    mention.author, mention.author_link = found.author[:200], found.author_link[:500]
    mention.rating, mention.written_at = found.rating, found.written_at
    mention.language = language_of(found.text or mention.case.title)
    mention.place_kind = place_kind or kind_of(found.link)
    mention.where = (host_of(found.link) or mention.where)[:120]
    mention.save()
    MentionKey.objects.filter(mention=mention).delete()
    keys = sorted({key[:60] for key in keys_of(Told(found.text, found.link, found.author))})
    MentionKey.objects.bulk_create(MentionKey(mention=mention, key=key) for key in keys)
    mention.guesses.filter(denied_at=None).delete()
    if mention.confirmed_at is None:
        guess_authors(mention, by=None, at=at)
    touch_case(mention.case, by=by, at=at)
    record(held.stream, MENTION_CORRECTED, by=by.user.pk, at=at, mention=mention.pk)
    return mention
