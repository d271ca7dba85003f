"""What alarms us in a request, whom it is told, and who took it up."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, CaseQuerySet, Promise, Viewer
from zabota.people.models import Employee
from zabota.tickets.models.tickets import Remark, Ticket


class Meaning(models.TextChoices):
    """What a client's words mean, or who the client is."""

    LEAVE = "leave", pgettext_lazy("alarm", "threat to leave")
    COURT = "court", pgettext_lazy("alarm", "court or authorities")
    PRESS = "press", pgettext_lazy("alarm", "press or publicity")
    DANGER = "danger", pgettext_lazy("alarm", "danger to people")
    BEST = "best", pgettext_lazy("alarm", "one of the best clients")


class AlarmRule(models.Model):
    """By which words something is known, and who is told; nobody named: the lead, or the director.

    `words` are phrases between commas, in any language; for the best clients there are none.
    """

    meaning = models.CharField(max_length=8, choices=Meaning, primary_key=True)
    words = models.TextField(blank=True)
    to = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.BooleanField(default=True)
    # Whether whoever is on call is woken for it out of working hours.
    calls = models.BooleanField(default=False)


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """Alarms in business words."""

    def visible_to(self, viewer: Viewer) -> "AlarmQuerySet":
        """Those of the cases this viewer may know of; a client knows of none."""
        if "ours" not in viewer.audiences:
            return self.none()
        cases: CaseQuerySet = Case.objects.visible_to(viewer)
        return self.filter(ticket__in=cases.values("pk"))

    def open(self) -> "AlarmQuerySet":
        """Nobody has taken them up."""
        return self.filter(taken_at=None)


class Alarm(models.Model):
    """A request was escalated for what its words mean. `begins` and `ends` are the place of the
    words in the remark (letters with their marks are one); the words themselves stand there only.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="alarms")
    meaning = models.CharField(max_length=8, choices=Meaning)
    remark = models.ForeignKey(Remark, null=True, on_delete=models.PROTECT, related_name="+")
    begins = models.PositiveIntegerField(default=0)
    ends = models.PositiveIntegerField(default=0)
    to = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="alarm")
    raised_at = models.DateTimeField()
    taken_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="alarm_open", condition=Q(taken_at__isnull=True))
        ]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "meaning"], name="alarm_once_of_a_kind"),
            models.CheckConstraint(
                name="alarm_taken_by_somebody",
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
        ]


class OnCall(models.Model):
    """Somebody who may be called out of hours, by the firm's clock: on these weekdays (0 is
    Monday), from an hour to an hour or all day. Whoever stands higher is called first;
    `wait_minutes` is how long they have to take it up before the next one is.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    weekdays = models.CharField(max_length=7)
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    wait_minutes = models.PositiveSmallIntegerField(default=15)
    position = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time=None, to_time=None)
                | Q(from_time__isnull=False, to_time__isnull=False),
                name="on_call_whole_stretch",
            )
        ]


class AlarmCall(models.Model):
    """Somebody on call was called to an escalation; the next one follows at `next_at`."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="calls")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    next_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alarm", "employee"], name="alarm_called_once")
        ]
