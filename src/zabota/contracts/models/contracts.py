"""A contract and its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case, Promise
from zabota.common.models import File
from zabota.contracts.models.forms import TemplateEdition
from zabota.contracts.models.routes import RouteEdition
from zabota.people.models import User


class ContractState(models.TextChoices):
    """Where a contract stands; kept on the case as its `state`."""

    PREPARING = "preparing", _("We are preparing it")
    DRAFT = "draft", _("Being filled in")
    REVIEW = "review", _("Being agreed")
    RETURNED = "returned", _("Returned to the client")
    AGREED = "agreed", _("Agreed")
    SIGNING = "signing", _("Being signed")
    SIGNED = "signed", _("Signed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# The text is agreed and does not change any more.
SETTLED = (ContractState.AGREED, ContractState.SIGNING, ContractState.SIGNED)


class Ending(models.TextChoices):
    """What becomes of the table of disagreements when all of it is agreed."""

    TEXT = "text", _("the agreed wordings stand in the text")
    ANNEX = "annex", _("the text stays, the table is its annex")


class Wording(models.Model):
    """The words of a clause, addressed by their content; tokens for fields, never values."""

    digest = models.CharField(max_length=64, primary_key=True)
    blocks = models.JSONField()


class Contract(models.Model):
    """The contract's half of a case: which form, which text now, which round of agreeing."""

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="contract"
    )
    edition = models.ForeignKey(TemplateEdition, on_delete=models.PROTECT, related_name="contracts")
    version = models.ForeignKey("Version", null=True, on_delete=models.PROTECT, related_name="+")
    route = models.ForeignKey(RouteEdition, null=True, on_delete=models.PROTECT)
    route_copy = models.JSONField(null=True)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="amendments"
    )
    like = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    foreign_paper = models.BooleanField(default=False)
    source = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    registered_number = models.CharField(max_length=60, blank=True, db_index=True)
    sum = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="RUB")
    ending = models.CharField(max_length=5, choices=Ending, default=Ending.TEXT)
    agreeing = models.OneToOneField(Promise, null=True, on_delete=models.PROTECT, related_name="+")
    client_turn = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sooner = models.OneToOneField(Promise, null=True, on_delete=models.PROTECT, related_name="+")
    answering = models.OneToOneField(Promise, null=True, on_delete=models.PROTECT, related_name="+")


class Version(models.Model):
    """The text at one moment, never changed: the tree of (clause, wording, direction, locked) and
    values.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    tree = models.JSONField()
    values = models.JSONField(default=dict)
    side = models.CharField(max_length=6, choices=[("ours", "ours"), ("theirs", "theirs")])
    origin = models.CharField(max_length=10, default="edit")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="version_once")]


class SearchText(models.Model):
    """Everything said of a contract, as tokens (`common.search`): what it is found by. Its
    own table, so that a contract is read without them; an index over it is laid by a migration."""

    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, primary_key=True, related_name="searched"
    )
    words = models.TextField()


class SearchWording(models.Model):
    """The lemmas of a wording, looked up once, with a space around each: which clause was found."""

    wording = models.OneToOneField(
        Wording, on_delete=models.CASCADE, primary_key=True, related_name="searched"
    )
    words = models.TextField()


class SearchWord(models.Model):
    """Every lemma that ever stood in a contract, once: what half a word may become."""

    word = models.CharField(max_length=100, primary_key=True)
