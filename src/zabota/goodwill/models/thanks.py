"""Thanks said to a buyer for a purchase, and thanks received from a client for a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, Contact, Purchase
from zabota.people.access import StaffViewer
from zabota.people.models import Employee


class ThanksQuerySet(models.QuerySet["SaidThanks"]):
    """Thanks said, in business words."""

    def visible_to(self, viewer: StaffViewer | RoomViewer) -> "ThanksQuerySet":
        """Every department knows; in the room whoever stands for the buyer."""
        if isinstance(viewer, StaffViewer):
            return self.all()
        return self.filter(client__in=viewer.client_ids)


class SaidThanks(models.Model):
    """An employee thanked a buyer for a purchase: one per purchase. It counts once the buyer has
    opened it.
    """

    purchase = models.OneToOneField(Purchase, on_delete=models.PROTECT, related_name="thanks")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="thanks_said")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="thanks_said")
    words = models.TextField()
    said_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["employee", "-said_at"], name="thanks_said_by")]


class ReceivedThanks(models.Model):
    """A client thanked an employee for a case: one per case, in the room or by the token in a
    letter.
    """

    class Way(models.TextChoices):
        """How it was said."""

        ROOM = "room", _("in the room")
        LETTER = "letter", _("by the link in a letter")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="thanks")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="thanks_given")
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="thanks_given"
    )
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="thanks_received")
    words = models.TextField(blank=True)
    way = models.CharField(max_length=6, choices=Way)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee", "-received_at"], name="thanks_received_by")]
