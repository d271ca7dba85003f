"""What the client thought when it was over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.models.cases import Case
from zabota.clients.models import Contact

EASIEST, HARDEST = 1, 7


class Helped(models.TextChoices):
    """Whether it helped, in the client's own word."""

    YES = "yes", _("It helped")
    PARTLY = "partly", _("It helped in part")
    NO = "no", _("It did not help")


class Verdict(models.Model):
    """One question to one person after the end, and the answer: did it help, how hard was it to
    get there (1 is easy, 7 is hard), in a few words why. `followed_by` is the case that a low one
    opens for the lead.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="verdicts")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="verdicts")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    helped = models.CharField(max_length=6, choices=Helped, blank=True)
    effort = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    followed_by = models.OneToOneField(
        Case, null=True, on_delete=models.PROTECT, related_name="follows"
    )

    class Meta:
        indexes = [
            models.Index(fields=["contact", "-asked_at"], name="verdict_of_contact"),
            models.Index(fields=["case"], name="verdict_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "contact"],
                condition=Q(given_at=None),
                name="verdict_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(given_at=None, helped="") | (Q(given_at__isnull=False) & ~Q(helped="")),
                name="verdict_given_in_a_word",
            ),
            models.CheckConstraint(
                condition=Q(effort=None) | Q(effort__gte=EASIEST, effort__lte=HARDEST),
                name="verdict_effort_of_seven",
            ),
        ]

    @property
    def is_low(self) -> bool:
        """Whether somebody has to make up for it: it did not help, or was hard to get."""
        return self.helped == Helped.NO or (self.effort or 0) >= HARDEST - 1
