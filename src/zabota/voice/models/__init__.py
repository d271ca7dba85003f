"""Mentions, where they come from, how we thank."""

from zabota.voice.models.mentions import (
    Aside,
    AuthorGuess,
    Manners,
    Mention,
    MentionKey,
    MentionQuerySet,
    MentionState,
    ReadyThanks,
    Thanks,
    Twin,
    Way,
)
from zabota.voice.models.sources import (
    Delivery,
    DeliveryState,
    PlaceKind,
    Source,
    SourceKind,
)

__all__ = [
    "Aside",
    "AuthorGuess",
    "Delivery",
    "DeliveryState",
    "Manners",
    "Mention",
    "MentionKey",
    "MentionQuerySet",
    "MentionState",
    "PlaceKind",
    "ReadyThanks",
    "Source",
    "SourceKind",
    "Thanks",
    "Twin",
    "Way",
]
