"""Past requests replayed as exercises: what is played, who plays it, how it went."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from zabota.journal.models import Stream
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Team, User
from zabota.tickets.models.tickets import Outcome, Priority, Ticket, TicketType

WORST, BEST = 1, 5
# A drill is passed with words no worse than this and so many of a hundred steps followed.
GOOD_WORDS, GOOD_STEPS = 3, 75


class Exercise(models.Model):
    """A past request in nobody's words, with the steps that are right and what a good end was.

    Nothing of the client it happened to stands in it; `source` is read only by who sees that.
    """

    source = models.ForeignKey(
        Ticket, null=True, on_delete=models.PROTECT, related_name="exercises"
    )
    kind = models.ForeignKey(TicketType, on_delete=models.PROTECT, related_name="exercises")
    priority = models.CharField(max_length=8, choices=Priority)
    title = models.CharField(max_length=120)
    text = models.TextField()
    client = models.CharField(max_length=200)
    steps = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    good_end = models.TextField(blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="exercise")

    def __str__(self) -> str:
        return self.title


class DrillQuerySet(models.QuerySet["Drill"]):
    """Drills in business words."""

    def visible_to(self, viewer: StaffViewer, *, manages: bool) -> "DrillQuerySet":
        """One's own once they have come: a surprise is none before; those of whom one leads, or
        that one planned; all of them to who manages people.
        """
        if manages:
            return self
        mine = Q(employee=viewer.employee, arrived_at__isnull=False) | Q(
            employee=viewer.employee, surprise=False
        )
        return self.filter(mine | Q(employee__lead=viewer.employee) | Q(planned_by=viewer.user))

    def under_way(self) -> "DrillQuerySet":
        """Come, and not over."""
        return self.filter(
            arrived_at__isnull=False, ended_at=None, missed_at=None, cancelled_at=None
        )

    def to_come(self) -> "DrillQuerySet":
        return self.filter(arrived_at=None, cancelled_at=None)


class Drill(models.Model):
    """One employee plays one exercise: it comes like a request, its first reaction has a clock.

    What a person thinks of the words stands in `words` and `remark`; the rest is reckoned.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="drills")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="drills")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    surprise = models.BooleanField(default=False)
    planned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    steps_done = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    ending = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    sensible = models.BooleanField(null=True)
    words = models.PositiveSmallIntegerField(null=True)
    remark = models.TextField(blank=True)
    passed = models.BooleanField(null=True)
    scored_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    scored_at = models.DateTimeField(null=True)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="drill")

    objects = DrillQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["arrives_at"],
                name="drill_to_come",
                condition=Q(arrived_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["employee"],
                name="drill_under_way",
                condition=Q(
                    arrived_at__isnull=False, ended_at=None, missed_at=None, cancelled_at=None
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrived_at=None, due_at=None)
                | Q(arrived_at__isnull=False, due_at__isnull=False),
                name="drill_has_clock_once_come",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__isnull=False, replied_at__isnull=False) & ~Q(outcome="")),
                name="drill_ends_somehow",
            ),
            models.CheckConstraint(
                condition=Q(scored_at=None, words=None, sensible=None)
                | Q(
                    scored_at__isnull=False,
                    ended_at__isnull=False,
                    words__gte=WORST,
                    words__lte=BEST,
                    sensible__isnull=False,
                    passed__isnull=False,
                ),
                name="drill_scored_whole",
            ),
        ]

    @property
    def in_time(self) -> bool:
        """Whether the first reaction was given within its working time."""
        return bool(self.replied_at and self.due_at and self.replied_at <= self.due_at)

    @property
    def is_under_way(self) -> bool:
        """Come, and not over."""
        over = self.ended_at or self.missed_at or self.cancelled_at
        return self.arrived_at is not None and over is None

    def is_late(self, at: datetime) -> bool:
        """Whether the first reaction is, or was, too late."""
        return self.due_at is not None and (self.replied_at or at) > self.due_at


def share_of_steps(done: list[Any], steps: list[Any]) -> int:
    """Of a hundred steps so many were followed; where there are none, all were."""
    return round(100 * len(done) / len(steps)) if steps else 100


def is_passed(*, in_time: bool, steps: int, sensible: bool, words: int) -> bool:
    """In time, by the script, to a sensible end, in words that will do."""
    return in_time and sensible and steps >= GOOD_STEPS and words >= GOOD_WORDS
