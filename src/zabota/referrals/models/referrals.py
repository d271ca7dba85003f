"""Who was brought by whom, how it went on, and how both were thanked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, Promise, Viewer
from zabota.clients.models import Client, Contact, Purchase
from zabota.loyalty.models import Batch
from zabota.people.models import Employee
from zabota.referrals.models.links import ReferralLink


class ReferralState(models.TextChoices):
    """Where a recommendation stands; kept in its case."""

    RECEIVED = "received", pgettext_lazy("referral", "Left their details")
    TALKED = "talked", pgettext_lazy("referral", "We talked")
    BOUGHT = "bought", pgettext_lazy("referral", "Bought")
    STOPPED = "stopped", pgettext_lazy("referral", "Thanks wait for a decision")
    WORDS = "words", pgettext_lazy("referral", "A person says thanks")
    THANKED = "thanked", pgettext_lazy("referral", "Both are thanked")
    UNTHANKED = "unthanked", pgettext_lazy("referral", "Without thanks")
    ENDED = "ended", pgettext_lazy("referral", "Nothing came of it")


class Tool(models.TextChoices):
    """By which of our tools they came."""

    LINK = "link", pgettext_lazy("referral tool", "link")
    QR = "qr", pgettext_lazy("referral tool", "QR code")
    PAPER = "paper", pgettext_lazy("referral tool", "brochure")
    LETTER = "letter", pgettext_lazy("referral tool", "letter")
    SHEET = "sheet", pgettext_lazy("referral tool", "joint questionnaire")
    WORD = "word", pgettext_lazy("referral tool", "word of mouth")


class Wish(models.TextChoices):
    """When they wish to hear from us."""

    SOON = "soon", pgettext_lazy("wish", "As soon as you can")
    DAY = "day", pgettext_lazy("wish", "On a day I choose")
    SELF = "self", pgettext_lazy("wish", "I will get in touch myself")


class Shares(models.TextChoices):
    """What whoever recommended may read of how it goes on."""

    NOTHING = "nothing", pgettext_lazy("shares", "Nothing at all")
    TALKED = "talked", pgettext_lazy("shares", "That we talked")
    BOUGHT = "bought", pgettext_lazy("shares", "That we talked, and that I bought something")


class Ending(models.TextChoices):
    """Why nothing came of it."""

    NOT_NOW = "not_now", pgettext_lazy("referral ending", "Not now")
    NOT_FOR_US = "not_for_us", pgettext_lazy("referral ending", "Not what we do")
    UNREACHED = "unreached", pgettext_lazy("referral ending", "Could not be reached")
    NOT_THEM = "not_them", pgettext_lazy("referral ending", "They did not leave their details")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral ending", "Asked not to be contacted")


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals in business words."""

    def visible_to(self, viewer: Viewer) -> "ReferralQuerySet":
        """Those whose case this viewer may know of."""
        return self.filter(case__in=Case.objects.visible_to(viewer))

    def came_of(self, *clients: int) -> "ReferralQuerySet":
        """Those by whom these clients, or any that are one with them, came."""
        theirs = Client.objects.filter(Q(pk__in=clients) | Q(root__in=clients))
        return self.filter(case__client__in=theirs)

    def holding(self) -> "ReferralQuerySet":
        """Those that did not end, and were not withdrawn by whoever came."""
        return self.exclude(case__state=ReferralState.ENDED)


class Referral(models.Model):
    """Somebody came because a client recommended us: the other half of their case.

    `was_client` says that by their phone or address they were a client already; only colleagues
    read it. What the recommender may read (`shares`) holds once we heard it from them ourselves.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    link = models.ForeignKey(ReferralLink, on_delete=models.PROTECT, related_name="referrals")
    recommender = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="referrals")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="referrals")
    tool = models.CharField(max_length=6, choices=Tool)
    words = models.TextField(blank=True)
    wish = models.CharField(max_length=4, choices=Wish)
    promise = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="referral"
    )
    shares = models.CharField(max_length=7, choices=Shares, default=Shares.NOTHING)
    was_client = models.BooleanField(default=False)
    is_new_card = models.BooleanField(default=False)
    same_device = models.BooleanField(default=False)
    talked_at = models.DateTimeField(null=True)
    talked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    purchase = models.ForeignKey(
        Purchase, null=True, on_delete=models.PROTECT, related_name="referrals"
    )
    bought_on = models.DateField(null=True)
    thanks_on = models.DateField(null=True)
    # Why thanks wait for a person: codes of checks, with what each found.
    hits = models.JSONField(default=list)
    # What a person has to do now: decide about the thanks, or say them in words.
    task = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="referral_task"
    )
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["thanks_on"], name="referral_thanks", condition=Q(thanks_on__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(talked_at=None, talked_by=None)
                | Q(talked_at__isnull=False, talked_by__isnull=False),
                name="referral_talked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(purchase=None, bought_on=None)
                | Q(purchase__isnull=False, bought_on__isnull=False),
                name="referral_bought_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, reason="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="referral_decided_with_reason",
            ),
        ]


class Side(models.TextChoices):
    """Who is thanked."""

    RECOMMENDER = "recommender", pgettext_lazy("thanked", "whoever recommended")
    FRIEND = "friend", pgettext_lazy("thanked", "whoever came")


class Thanks(models.Model):
    """One side was thanked: by points, or where there are none in words by a person."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="thanks")
    side = models.CharField(max_length=11, choices=Side)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="referral_thanks")
    batch = models.OneToOneField(
        Batch, null=True, on_delete=models.PROTECT, related_name="referral_thanks"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "side"], name="thanked_once_per_side"),
        ]
        indexes = [models.Index(fields=["client", "-at"], name="referral_thanks_of_client")]


class Departure(models.Model):
    """A client said that they leave, or that they stay after all (`stayed_at`)."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="departures")
    said_on = models.DateField()
    words = models.TextField(blank=True)
    noted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    stayed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(stayed_at=None), name="departure_once"
            ),
            models.CheckConstraint(
                condition=Q(stayed_at=None) | Q(stayed_at__gte=F("noted_at")),
                name="departure_stayed_later",
            ),
        ]
