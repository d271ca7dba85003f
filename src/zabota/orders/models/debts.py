"""On what terms a client pays, and acts of reconciliation."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from zabota.cases.models import Case, CaseQuerySet, Promise, Viewer
from zabota.clients.models import Client, Contact
from zabota.common.models import File

ACT = "act"


class Terms(models.Model):
    """Отсрочка: so many days after goods left they are to be paid, up to a sum owed at once."""

    client = models.OneToOneField(
        Client, primary_key=True, on_delete=models.PROTECT, related_name="terms"
    )
    days = models.PositiveSmallIntegerField(default=0)
    limit = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    # What was owed before the first paper here, as of that day; less than nothing: we owed it.
    opening = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    opened_on = models.DateField(null=True)
    set_at = models.DateTimeField()


class ActState(models.TextChoices):
    """Where an act stands; kept in its case."""

    OPEN = "open"
    DONE = "done"


class ActQuerySet(models.QuerySet["Act"]):
    """Acts in business words."""

    def visible_to(self, viewer: Viewer) -> "ActQuerySet":
        """Those of the cases this viewer may know of."""
        cases: CaseQuerySet = Case.objects.visible_to(viewer)
        return self.filter(case__in=cases)


class Act(models.Model):
    """Акт сверки: asked for a period, promised, made as PDF and XLSX."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    since = models.DateField()
    until = models.DateField()
    asked_by = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="acts")
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="act")
    currency = models.CharField(max_length=3)
    opening = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    closing = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    pdf = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    xlsx = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="act_made_with_its_files",
                condition=Q(made_at=None, pdf=None, xlsx=None)
                | Q(made_at__isnull=False, pdf__isnull=False, xlsx__isnull=False),
            )
        ]
