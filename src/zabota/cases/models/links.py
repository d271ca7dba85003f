"""How cases hang together: what belongs to what, what came of what, what was merged or split."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.models.cases import Case
from zabota.people.models import User


class LinkKind(models.TextChoices):
    """What the one is to the other."""

    CONCERNS = "concerns", _("Concerns")
    PART = "part", _("Is part of")
    CAUSED = "caused", _("Was caused by")
    DUPLICATE = "duplicate", _("Is a duplicate of")
    MERGED = "merged", _("Was merged into")
    SPLIT = "split", _("Was split from")


# What a person says of two cases that stay two; the others are verbs of their own.
SAID = (LinkKind.CONCERNS, LinkKind.PART, LinkKind.CAUSED, LinkKind.DUPLICATE)


class Link(models.Model):
    """The one stands so to the other, since somebody said it; undone, it stays to be read.

    Of a merging or a split it keeps what undoing it needs (`kept`); `Case.root` sums up the
    mergings that hold.
    """

    one = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="linked")
    kind = models.CharField(max_length=10, choices=LinkKind)
    kept = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other", "kind"], condition=Q(undone_at=None), name="linked_once"
            ),
            models.UniqueConstraint(
                fields=["one"], condition=Q(undone_at=None, kind="part"), name="part_of_one"
            ),
            models.UniqueConstraint(
                fields=["one"], condition=Q(undone_at=None, kind="merged"), name="merged_once"
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="linked_to_another"),
        ]
