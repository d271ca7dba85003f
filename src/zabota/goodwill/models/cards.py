"""Visiting cards: an employee's own address by which a stranger gets a gift."""

from django.db import models
from django.db.models import Q

from zabota.goodwill.models.gifts import Gift, GiftKind, Good
from zabota.outreach.models import Received
from zabota.people.access import StaffViewer
from zabota.people.models import Employee


class CallingCard(models.Model):
    """An employee's printed card. `mark` stands in its address; a new card ends the old one. The
    rest is what whoever writes to it gets, by one tap.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="calling_cards")
    mark = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=8, choices=GiftKind, default=GiftKind.THANKS)
    good = models.ForeignKey(Good, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    points = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(ended_at=None), name="one_calling_card"
            )
        ]


class CardLetterQuerySet(models.QuerySet["CardLetter"]):
    """Letters to cards in business words."""

    def visible_to(self, viewer: StaffViewer) -> "CardLetterQuerySet":
        """Those to one's own card."""
        return self.filter(card__employee=viewer.employee)

    def waiting(self) -> "CardLetterQuerySet":
        """Those nobody has answered yet."""
        return self.filter(gift=None, put_aside_at=None)


class CardLetter(models.Model):
    """A stranger wrote to a card's address; one tap of the employee answers with a gift's code."""

    card = models.ForeignKey(CallingCard, on_delete=models.PROTECT, related_name="letters")
    letter = models.OneToOneField(Received, on_delete=models.PROTECT, related_name="card_letter")
    came_at = models.DateTimeField()
    gift = models.OneToOneField(
        Gift, null=True, on_delete=models.PROTECT, related_name="card_letter"
    )
    put_aside_at = models.DateTimeField(null=True)

    objects = CardLetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["card", "-id"],
                name="card_letter_waiting",
                condition=Q(gift=None, put_aside_at=None),
            )
        ]
