"""Calls a telephone exchange told us of."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, Q
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from zabota.clients.models import Client, Contact
from zabota.outreach.models import Gate
from zabota.people.models import Absence, Employee
from zabota.tickets.models.tickets import Ticket


class CallState(models.TextChoices):
    """What became of it."""

    RINGING = "ringing", pgettext_lazy("call", "ringing")
    ANSWERED = "answered", pgettext_lazy("call", "under way")
    ENDED = "ended", pgettext_lazy("call", "ended")
    MISSED = "missed", pgettext_lazy("call", "missed")


# Looked for by when they rang: by an index of whose they are, all calls ever made to the main line
# would be read every other second.
HAD_BY = Coalesce("employee", 0)


class CallQuerySet(models.QuerySet["Call"]):
    """Calls in business words."""

    def of_employee(self, employee: Employee) -> "CallQuerySet":
        """Those to this employee's number; those to a number of nobody's, of clients they answer
        for.
        """
        return self.alias(had_by=HAD_BY).filter(_of(employee))

    def since(self, at: datetime) -> "CallQuerySet":
        """Those that rang after this moment."""
        return self.filter(rang_at__gt=at)

    def of_nobody(self, employee: Employee, at: datetime) -> "CallQuerySet":
        """Those to the firm's main line, a number of nobody's, which none of ours has yet: whoever
        is at the desk sees them, unless they are away.
        """
        away = Absence.objects.standing(at).filter(employee=employee)
        unwritten = self.alias(had_by=HAD_BY, written=Coalesce("ticket", 0))
        return unwritten.filter(~Exists(away), had_by=0, written=0)

    def written_by(self, employee: Employee) -> "CallQuerySet":
        """What this employee may write down: theirs, and calls of the main line nobody else has."""
        return self.alias(had_by=HAD_BY).filter(_of(employee) | Q(had_by=0))


def _of(employee: Employee) -> Q:
    return Q(had_by=employee.pk) | Q(had_by=0, client__owner=employee)


class Call(models.Model):
    """Somebody called us. `number` is the caller's in the one form numbers are compared in; whose
    it is stands in `contact` and `client`, where we know it.
    """

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="calls")
    outer_id = models.CharField(max_length=100)
    caller = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)
    callee = models.CharField(max_length=40, blank=True)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="calls")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="calls")
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=CallState)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    recording = models.CharField(max_length=500, blank=True)
    # What it began, or was written down as.
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="calls")

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["number", "-rang_at"], name="call_by_number"),
            models.Index(fields=["-rang_at"], name="call_lately"),
        ]
        constraints = [models.UniqueConstraint(fields=["gate", "outer_id"], name="call_once")]
