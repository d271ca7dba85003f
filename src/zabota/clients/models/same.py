"""Cards that are one client, and cards that may be."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from zabota.clients.models.clients import Client
from zabota.people.models import User


class Merging(models.Model):
    """Two cards are one client: since when, on whose word and why, and whether it was undone."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="mergings")
    into = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="took_in")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(undone_at=None), name="merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(client=F("into")), name="merged_into_another"),
        ]


class SameKey(models.Model):
    """What a card is found near others by; cards without a key in common are never compared."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="same_keys")
    key = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["key", "client"], name="same_key")]


class LikenessQuerySet(models.QuerySet["Likeness"]):
    """Pairs in business words."""

    def offered(self) -> "LikenessQuerySet":
        """Those nobody has told apart, of cards that are not one already."""
        pairs = self.filter(told_apart_at=None).alias(
            one_whole=Coalesce(F("one__root"), F("one")),
            other_whole=Coalesce(F("other__root"), F("other")),
        )
        return pairs.exclude(one_whole=F("other_whole"))


class Likeness(models.Model):
    """Two cards that may be one client: by what, and what is missing to a hundred per cent. Nothing
    merges them by itself; once somebody told them apart, they are not offered again.
    """

    one = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    doubt = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    found_at = models.DateTimeField()
    told_apart_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    told_apart_at = models.DateTimeField(null=True)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["doubt", "id"], name="likeness", condition=Q(told_apart_at=None))
        ]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likeness_in_order"),
        ]

    @property
    def sure(self) -> int:
        """How sure it is, in per cent."""
        return 100 - self.doubt
