"""Accounts, employees, teams, places."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from zabota.common.models import File
from zabota.common.names import initials, person_name
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
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


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
    # Between these hours of their own zone letters that may wait do; may pass midnight.
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)
    hired_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="employee_quiet_whole_stretch",
            )
        ]

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
