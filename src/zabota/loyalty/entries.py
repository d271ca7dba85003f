"""What is remembered about points, and who is told. Facts are numbers and words of the firm's own
making; whose points they are says the client.
"""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, Words, declare
from zabota.journal.models import Audience
from zabota.loyalty.told import Told, occasion_words, spent_words, those_whose_points


def _kind(
    name: str,
    sentence: str | LazyText,
    icon: str,
    told: Told | None = None,
    words: Words | None = None,
    audience: str = Audience.BOTH,
) -> EntryKind:
    return declare(EntryKind(f"loyalty.{name}", sentence, audience, told, icon, words))


NEWS = those_whose_points("points_news")

EARNED = _kind("earned", _("{counted} earned {why}"), "coins", NEWS, occasion_words)
SPENT = _kind("spent", _("{counted} spent[: {what}]"), "hand-coins", NEWS, spent_words)
GIVEN_BACK = _kind("given_back", _("{counted} given back[: {what}]"), "undo-2", NEWS, spent_words)
TAKEN_BACK = _kind("taken_back", _("{counted} taken back with returned goods"), "undo-2", NEWS)
EXPIRY_TOLD = _kind(
    "expiry_told",
    _("{counted} can be used until {day}[. {reason}]"),
    "calendar-clock",
    those_whose_points("points_expire"),
)
EXPIRY_MOVED = _kind(
    "expiry_moved",
    _("{counted} can be used longer, until {day}: we had not told in time"),
    "calendar-plus",
    NEWS,
)
EXPIRED = _kind("expired", _("{counted} expired"), "calendar-x", NEWS)
REWARD_TAKEN = _kind("reward_taken", _("Reward taken: {reward}, {counted}"), "gift", NEWS)
REWARD_GIVEN = _kind("reward_given", _("Reward handed over: {reward}[. {actor}]"), "package-check")
REWARD_CALLED_BACK = _kind(
    "reward_called_back", _("Reward called back: {reward}; {counted} given back"), "undo-2", NEWS
)
CARD_MADE = _kind("card_made", _("A card for the till was made[: {actor}]"), "id-card")
CARD_ENDED = _kind("card_ended", _("A card for the till was closed[: {actor}]"), "id-card")


def _setting(name: str, sentence: str | LazyText, icon: str) -> EntryKind:
    """What the firm sets about points."""
    return _kind(name, sentence, icon, audience=Audience.OURS)


UNIT_SET = _setting("unit_set", _("What clients collect was set: {name}[. {actor}]"), "coins")
UNIT_CLOSED = _setting("unit_closed", _("Is given no more: {name}[. {actor}]"), "coins")
TIER_SET = _setting("tier_set", _("A tier of clients was set: {name}[. {actor}]"), "medal")
TIER_CLOSED = _setting("tier_closed", _("A tier of clients ended: {name}[. {actor}]"), "medal")
RULE_MADE = _setting("rule_made", _("A rule of points was made: {name}[. {actor}]"), "list-plus")
RULE_ENDED = _setting("rule_ended", _("A rule of points ended: {name}[. {actor}]"), "list-x")
REWARD_SET = _setting("reward_set", _("A reward was set: {name}[. {actor}]"), "gift")
REWARD_CLOSED = _setting("reward_closed", _("A reward is shown no more: {name}[. {actor}]"), "gift")
EXPIRY_ON = _setting(
    "expiry_on", _("New points expire from now on[: {actor}]. {reason}"), "calendar-clock"
)
EXPIRY_OFF = _setting("expiry_off", _("Points do not expire any more[: {actor}]"), "calendar-check")
