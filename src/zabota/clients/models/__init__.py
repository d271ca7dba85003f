"""Clients, their people and how to reach them; cards that are one."""

from zabota.clients.models.clients import (
    WHOLE,
    Client,
    ClientKind,
    ClientQuerySet,
    Relation,
    RoomSide,
)
from zabota.clients.models.contacts import (
    Consent,
    Contact,
    ContactPoint,
    ContactQuerySet,
    PointKind,
    RoomRole,
)
from zabota.clients.models.fits import FitBasis, FitState, PurchaseFit
from zabota.clients.models.purchases import (
    Import,
    ImportKind,
    ImportState,
    Purchase,
    PurchaseReturn,
    Reckoning,
)
from zabota.clients.models.same import Likeness, Merging, SameKey

__all__ = [
    "WHOLE",
    "Client",
    "ClientKind",
    "ClientQuerySet",
    "Consent",
    "Contact",
    "ContactPoint",
    "ContactQuerySet",
    "FitBasis",
    "FitState",
    "Import",
    "ImportKind",
    "ImportState",
    "Likeness",
    "Merging",
    "PointKind",
    "Purchase",
    "PurchaseFit",
    "PurchaseReturn",
    "Reckoning",
    "Relation",
    "RoomRole",
    "RoomSide",
    "SameKey",
]
