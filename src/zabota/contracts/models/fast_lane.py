"""What the firm agreed to beforehand: variants of clauses, rules for values, and the contracts that
needed nobody because of them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.contracts.models.changes import Change
from zabota.contracts.models.contracts import Contract, Version
from zabota.contracts.models.forms import ContractTemplate
from zabota.contracts.models.routes import RouteEdition
from zabota.people.models import User


class SeenBy(models.TextChoices):
    """Who may know that a variant is there."""

    AT_ONCE = "at_once", _("the client, at once")
    AFTER_TOUCH = "after_touch", _("the client, after touching this clause")
    STAFF = "staff", _("only our people")


class AlternativeQuerySet(models.QuerySet["Alternative"]):
    def in_force(self) -> "AlternativeQuerySet":
        """Neither withdrawn nor replaced by a newer edition."""
        return self.filter(withdrawn_at=None)


class Alternative(models.Model):
    """A wording of a clause agreed in advance by the direction it concerns. Its words and terms
    never change: a newer edition replaces it, or it is withdrawn.

    `terms` are conditions as in a route; all of them must surely hold.
    """

    template = models.ForeignKey(
        ContractTemplate, on_delete=models.PROTECT, related_name="alternatives"
    )
    clause = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    concern = models.CharField(max_length=40)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    wording = models.CharField(max_length=64)
    seen_by = models.CharField(max_length=12, choices=SeenBy, default=SeenBy.STAFF)
    terms = models.JSONField(default=list)
    source = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = AlternativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "clause", "wording"],
                condition=Q(withdrawn_at=None),
                name="alternative_once",
            ),
        ]

    def name(self, language: str) -> str:
        return (self.name_en if language == "en" else "") or self.name_ru


class ValueRule(models.TextChoices):
    """Whether a value the client fills in has to be looked at."""

    ASK = "ask", _("always asked about")
    WITHIN = "within", _("agreed within limits")
    ANY = "any", _("agreed whatever it is")


class FieldLimit(models.Model):
    """What the firm agreed to beforehand about one field of a form; without a row it is asked."""

    template = models.ForeignKey(ContractTemplate, on_delete=models.PROTECT, related_name="limits")
    field = models.CharField(max_length=80)
    rule = models.CharField(max_length=6, choices=ValueRule)
    least = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    most = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    set_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "field"], name="field_limit_once"),
            models.CheckConstraint(
                name="field_limit_has_ends",
                condition=~Q(rule="within") | Q(least__isnull=False) | Q(most__isnull=False),
            ),
        ]


class BeforehandUse(models.Model):
    """An agreed variant recognised in what a client sent: this change needs no answer."""

    change = models.OneToOneField(
        Change, on_delete=models.PROTECT, primary_key=True, related_name="beforehand"
    )
    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="uses")


class FastLanePass(models.Model):
    """A contract that needed nobody: on which text, by which route, within which limits."""

    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, primary_key=True, related_name="fast_lane"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    route = models.ForeignKey(RouteEdition, on_delete=models.PROTECT, related_name="+")
    most = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    limits = models.JSONField(default=list)
    at = models.DateTimeField()
