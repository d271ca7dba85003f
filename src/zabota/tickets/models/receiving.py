"""Which requests go past their kind's team to another team, or to one person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Relation
from zabota.people.models import Employee, Team


class Why(models.TextChoices):
    """Why a request went to whom it went first."""

    KNOWS = "knows", _("knows this client")
    LEAST = "least", _("has the least to do of those at the desk now")
    TEAM = "team", _("has the least to do of the team; nobody of it was at the desk")
    STANDS_IN = "stands_in", _("stands in for whoever knows this client")
    LEAD = "lead", _("leads whoever knows this client and is away")
    NAMED = "named", _("the firm’s rule names this person")
    LEFT = "left", _("answers for the client; nobody else is here")
    GIVEN = "given", _("was given it by whoever opened it")


class ReceivingRule(models.Model):
    """A request that looks like this goes to this team or person, whatever its kind says. What is
    left blank does not matter; of several rules that fit, the first counts.
    """

    type = models.ForeignKey(
        "tickets.TicketType", null=True, on_delete=models.PROTECT, related_name="+"
    )
    relation = models.CharField(max_length=12, choices=Relation, blank=True)
    words = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None, employee__isnull=False)
                | Q(team__isnull=False, employee=None),
                name="receiving_rule_to_one",
            )
        ]
