"""What an employee may do unasked; being away and being stood in for."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zabota.people.models.accounts import Employee, User


class PowerKind(models.TextChoices):
    """What an employee may do without asking."""

    APPROVE = "approve", _("Approve a direction")
    REASSIGN = "reassign", _("Hand a stage to someone else")
    TEMPLATES = "templates", _("Edit contract forms")
    ROUTES = "routes", _("Edit approval routes")
    PEOPLE = "people", _("Manage employees, absences and powers")
    CLIENTS = "clients", _("Manage clients and their access")
    FIRM = "firm", _("Change the firm's settings")
    SIGN = "sign", _("Sign contracts for the firm")
    REGISTER = "register", _("Start contracts and register them")
    BEYOND = "beyond", _("Go beyond the rules for a client")
    TALK = "talk", _("Talk through what needs training")
    GOODWILL = "goodwill", _("Set budgets of care")
    ACCOUNTS = "accounts", _("Take gifts and bonuses along for accounting")
    POINTS = "points", _("Set points, their rules and rewards")
    TILL = "till", _("Work at the till")


# What one has learned oneself: no office brings it, nobody can lend it.
LEARNED = (PowerKind.TALK,)


class PowerQuerySet(models.QuerySet["Power"]):
    """Powers in business words."""

    def granted(self, at: datetime) -> "PowerQuerySet":
        """Powers that stand at this moment, whether or not they work: one may need a drill."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at, revoked_at=None
        )

    def in_force(self, at: datetime) -> "PowerQuerySet":
        """Powers that work at this moment: what one needs a drill for, while it is passed and not
        too old.
        """
        passed = Training.objects.good(at).filter(
            employee=OuterRef("employee"), kind=OuterRef("requires_drill")
        )
        return self.granted(at).filter(Q(requires_drill="") | Exists(passed))

    def usable_by(self, employee: int, at: datetime) -> "PowerQuerySet":
        """Of powers lent by others those this person may use: they passed the drill themselves."""
        passed = Training.objects.good(at).filter(employee=employee).values("kind")
        return self.filter(Q(requires_drill="") | Q(requires_drill__in=passed))

    def to_come(self, at: datetime) -> "PowerQuerySet":
        """Powers granted from a later day on."""
        return self.filter(valid_from__gt=at, revoked_at=None)


class TrainingQuerySet(models.QuerySet["Training"]):
    """Passed drills in business words."""

    def good(self, at: datetime) -> "TrainingQuerySet":
        """Those that count at this moment."""
        return self.filter(passed_at__lte=at, good_until__gt=at)


class Training(models.Model):
    """Somebody passed a drill of a kind (what upper apps call so); it counts until it is too
    old. A later one takes its place.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=40)
    passed_at = models.DateTimeField()
    good_until = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "kind"], name="training_once_per_kind"),
            models.CheckConstraint(
                condition=Q(good_until__gt=F("passed_at")), name="training_counts_a_while"
            ),
        ]
        indexes = [
            models.Index(
                fields=["good_until"], name="training_lapses", condition=Q(lapsed_at__isnull=True)
            )
        ]


class Power(models.Model):
    """What one may do unasked: of a kind, for a direction, up to a sum, for a time. With
    `requires_drill` it works only while a drill of that kind is passed and not too old.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="powers")
    kind = models.CharField(max_length=20, choices=PowerKind)
    concern = models.CharField(max_length=40, blank=True)
    limit = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="RUB")
    requires_drill = models.CharField(max_length=40, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="granted"
    )
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = PowerQuerySet.as_manager()

    @property
    def last_moment(self) -> datetime | None:
        """The last day of it, for the reader; None for good."""
        return self.valid_until - timedelta(microseconds=1) if self.valid_until else None


class SpanQuerySet(models.QuerySet[Any]):
    """Absences and substitutions by when they hold."""

    def standing(self, at: datetime) -> "SpanQuerySet":
        """Those that cover this moment."""
        return self.filter(starts_at__lte=at, ends_at__gt=at, cancelled_at=None)

    def not_over(self, at: datetime) -> "SpanQuerySet":
        return self.filter(ends_at__gt=at, cancelled_at=None)


class Absence(models.Model):
    """Holiday, illness, a trip: it takes work away; meanwhile a substitute has it instead."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start"
            )
        ]

    @property
    def last_moment(self) -> datetime:
        """What a reader is told: away till the last day, not till the midnight after it."""
        return self.ends_at - timedelta(microseconds=1)


class Substitution(models.Model):
    """Whoever stands in sees and may do what was lent, for the period; the journal names both.

    By itself it only adds a second pair of hands: the lender keeps everything unless away.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="substituted")
    substitute = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="standing_in")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kinds = models.JSONField(default=list)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="substitution_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(employee=F("substitute")), name="substitution_by_another"
            ),
        ]

    @property
    def last_moment(self) -> datetime:
        """The last day of it, for the reader."""
        return self.ends_at - timedelta(microseconds=1)

    @property
    def kind_names(self) -> list[str]:
        """What is lent, in words; nothing named means everything."""
        return [str(PowerKind(kind).label) for kind in self.kinds]
