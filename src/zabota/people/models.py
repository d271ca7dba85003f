"""Accounts, employees, teams and powers; the firm with its calendar; throttles."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zabota.common.models import File
from zabota.common.names import detail, initials, person_name
from zabota.journal.models import Stream


class UserManager(BaseUserManager["User"]):
    """Accounts by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Whoever signs in, our employee or a client's contact; the actor of an entry."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="ru", choices=[("ru", "ru"), ("en", "en")])
    zone = models.CharField(max_length=60, default="Europe/Moscow")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.shown_name

    def get_short_name(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as whoever reads this page or letter reads names."""
        return person_name(self.name, self.name_en)

    @property
    def initials(self) -> str:
        """Two letters for the drawn face, of the name as it is read."""
        return initials(self.shown_name)


class Place(models.Model):
    """A shop, office, outlet: boards are cut by it."""

    name = models.CharField(max_length=120, unique=True)


class Team(models.Model):
    """A department that can hold a stage as a whole."""

    name_ru = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=120, blank=True)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)
    closed_at = models.DateTimeField(null=True)

    def name(self, language: str) -> str:
        """As the reader's language has it; Russian where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_ru


class EmployeeQuerySet(models.QuerySet["Employee"]):
    """Employees in business words."""

    def working(self) -> "EmployeeQuerySet":
        """Those who work here now, whether or not they are away today."""
        return self.filter(dismissed_at=None)


class Employee(models.Model):
    """Somebody of ours, an accountant as much as a manager, with a face the client sees."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="employee")
    position_ru = models.CharField(max_length=160)
    position_en = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    photo = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="members")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    lead = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="led")
    is_administrator = models.BooleanField(default=False)
    sees_all = models.BooleanField(default=False)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)
    hired_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    objects = EmployeeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as the reader reads names; what was typed is the account's."""
        return self.user.shown_name

    @property
    def initials(self) -> str:
        return self.user.initials

    @property
    def photo_url(self) -> str:
        return f"/faces/{self.photo.digest}/" if self.photo else ""

    def position(self, language: str) -> str:
        return (self.position_en if language == "en" else "") or self.position_ru


class PowerKind(models.TextChoices):
    """What an employee may do without asking."""

    APPROVE = "approve", _("Approve a direction")
    REASSIGN = "reassign", _("Hand a stage to someone else")
    TEMPLATES = "templates", _("Edit contract forms")
    ROUTES = "routes", _("Edit approval routes")
    PEOPLE = "people", _("Manage employees, absences and powers")
    CLIENTS = "clients", _("Manage clients and their access")
    FIRM = "firm", _("Change the firm's settings")
    REGISTER = "register", _("Start contracts and register them")


class PowerQuerySet(models.QuerySet["Power"]):
    """Powers in business words."""

    def in_force(self, at: datetime) -> "PowerQuerySet":
        """Powers that hold at this moment."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at, revoked_at=None
        )

    def to_come(self, at: datetime) -> "PowerQuerySet":
        """Powers granted from a later day on."""
        return self.filter(valid_from__gt=at, revoked_at=None)


class Power(models.Model):
    """What one may do unasked: of a kind, for a direction, up to a sum, for a time."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="powers")
    kind = models.CharField(max_length=20, choices=PowerKind)
    concern = models.CharField(max_length=40, blank=True)
    limit = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="RUB")
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


class Firm(models.Model):
    """The one firm of this installation: who we are, when we work, what clients see."""

    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    legal_name = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    accent = models.CharField(max_length=12, default="teal")
    language = models.CharField(max_length=2, default="ru")
    zone = models.CharField(max_length=60, default="Europe/Moscow")
    country = models.CharField(max_length=2, default="RU")
    week = models.JSONField(default=dict)
    shows_people = models.BooleanField(default=True)
    number_pattern = models.CharField(max_length=60, default="Д-{year}-{number:04d}")
    answer_hours = models.PositiveSmallIntegerField(default=8)
    blocking_errors = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_firm")]

    @property
    def shown_name(self) -> str:
        """How the reader calls the firm: «Северный свет», Severny Svet."""
        return detail(self.name, self.name_en)

    @property
    def formal_name(self) -> str:
        """The firm's name on papers, in the reader's language."""
        own = self.details.get("short_name", "") or self.legal_name or self.name
        return detail(own, self.details.get("short_name_en", "") or self.name_en)


class SpecialDay(models.Model):
    """A day that is not as the week says: off, shortened or worked. Edited by the firm."""

    day = models.DateField(unique=True)
    kind = models.CharField(
        max_length=8,
        choices=[("off", _("Day off")), ("short", _("Short")), ("working", _("Working"))],
    )
    note = models.CharField(max_length=120, blank=True)


class Throttle(models.Model):
    """How often something was tried lately, shared by all processes."""

    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()


class SignInCode(models.Model):
    """A six-digit code mailed to a person; it is signed from this row when the mail is made."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="codes")
    salt = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)
    next_path = models.CharField(max_length=300, blank=True)
