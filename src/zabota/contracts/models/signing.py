"""Signing of an agreed contract: which text, by whom, in which way, how it ended."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Promise
from zabota.clients.models import Client, Contact
from zabota.common.models import File
from zabota.contracts.models.contracts import Contract, Version
from zabota.people.models import Employee, User


class Way(models.TextChoices):
    """How a contract is signed."""

    CODE = "code", _("by a code from a letter (simple electronic signature)")
    PAPER = "paper", _("on paper")
    OPERATOR = "operator", _("through an operator of electronic documents")


class Order(models.TextChoices):
    """Who signs first."""

    THEIRS = "theirs", _("the client first")
    OURS = "ours", _("we first")
    ANY = "any", _("in any order")


class SigningState(models.TextChoices):
    """Where one attempt at signing stands."""

    OPEN = "open", _("under way")
    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused")
    STOPPED = "stopped", _("called off")
    LAPSED = "lapsed", _("time ran out")


class Signing(models.Model):
    """One attempt to sign a contract. The text is fixed when it begins: its PDF is a kept file,
    `digest` is that of its words, numbers and values. Nothing of it changes afterwards.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    order = models.CharField(max_length=6, choices=Order)
    state = models.CharField(max_length=8, choices=SigningState, default=SigningState.OPEN)
    digest = models.CharField(max_length=64, db_index=True)
    pdf = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    signed_pdf = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    # What our side promised where nobody signs by a code: to send, then to have it back signed.
    sending = models.OneToOneField(Promise, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=["open", "signed"]), name="one_signing"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="signing_ends_once",
            ),
        ]


class Ground(models.TextChoices):
    """By what authority one signs."""

    CHARTER = "charter", _("the charter")
    PROXY = "proxy", _("a power of attorney")


class SignatureAgreement(models.Model):
    """Who agreed to sign by codes, to which text of the agreement, when: before the first code."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "client", "text_version"], name="signature_agreement_once"
            ),
            models.UniqueConstraint(
                fields=["user", "text_version"],
                condition=Q(client=None),
                name="signature_agreement_once_for_us",
            ),
        ]


class Signatory(models.Model):
    """Who signs for a side and by what authority; name and position as the paper has them."""

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="signatories")
    side = models.CharField(max_length=6, choices=[("ours", "ours"), ("theirs", "theirs")])
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=300)
    # In which order those of a side are asked: the same number at the same time.
    place = models.PositiveSmallIntegerField(default=1)
    # Since when this person of the client cannot sign any more; somebody else has to be named.
    left_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=8, choices=Ground, blank=True)
    ground_number = models.CharField(max_length=60, blank=True)
    ground_on = models.DateField(null=True)
    ground_until = models.DateField(null=True)
    agreement = models.ForeignKey(
        SignatureAgreement, null=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.EmailField(max_length=254, blank=True)
    signed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    promise = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="signatory"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signing", "user"], name="signs_once"),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(refused_at=None), name="signed_or_refused"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | ~Q(ground=""), name="signed_by_authority"
            ),
            models.CheckConstraint(
                condition=Q(employee=None, contact__isnull=False, side="theirs")
                | Q(employee__isnull=False, contact=None, side="ours"),
                name="signatory_of_a_side",
            ),
        ]


class Dispatch(models.Model):
    """A signed original on its way, or a document given to an operator: by whom, under which
    number it can be followed.
    """

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="dispatches")
    side = models.CharField(max_length=6, choices=[("ours", "ours"), ("theirs", "theirs")])
    carrier = models.CharField(max_length=120)
    tracking = models.CharField(max_length=120, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signing", "side"], name="one_dispatch_per_side")
        ]


class SignedPart(models.TextChoices):
    """What a kept file is in a signing."""

    SCAN = "scan", _("scan of the signed original")
    ARCHIVE = "archive", _("archive of the operator")
    DOCUMENT = "document", _("the document")
    SIGNATURE = "signature", _("signature")
    PROXY = "proxy", _("machine-readable power of attorney")
    OTHER = "other", _("other file")


class SigningFile(models.Model):
    """A file that came with the signing of this very text; both sides may take it away."""

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=9, choices=SignedPart)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signing", "file", "name"], name="signing_file_once")
        ]
