"""The links by which a client recommends us, and the joint questionnaire behind some of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.clients.models import Client, Contact
from zabota.referrals.models.terms import Questionnaire


class LinkKind(models.TextChoices):
    """One's own link for everybody, one for one friend with a questionnaire, or no link at all but
    a word said aloud.
    """

    OWN = "own", _("Personal link")
    SHEET = "sheet", _("Joint questionnaire")
    WORD = "word", pgettext_lazy("referral tool", "word of mouth")


class ShownAs(models.TextChoices):
    """What of themselves whoever recommends lets others read."""

    FULL = "full", pgettext_lazy("shown name", "My full name")
    FIRST = "first", pgettext_lazy("shown name", "My first name only")
    COMPANY = "company", pgettext_lazy("shown name", "Only my company")
    NOBODY = "nobody", pgettext_lazy("shown name", "No name")


class ReferralLinkQuerySet(models.QuerySet["ReferralLink"]):
    """Links in business words."""

    def standing(self) -> "ReferralLinkQuerySet":
        """Those that lead somewhere now."""
        return self.filter(revoked_at=None, contact__removed_at=None)


class ReferralLink(models.Model):
    """An address a client gives to others. Its token is signed from the row when it is needed and
    stored nowhere; a revoked link leads nowhere, and a new one is another row.

    `device` is a digest of a mark in the browser it was made in: who comes from there is no other.
    """

    kind = models.CharField(max_length=5, choices=LinkKind, default=LinkKind.OWN)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="referral_links")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="referral_links")
    shown_as = models.CharField(max_length=7, choices=ShownAs, default=ShownAs.FIRST)
    words = models.TextField(blank=True)
    device = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ReferralLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(revoked_at=None, kind="own"),
                name="one_own_referral_link",
            )
        ]


class Sheet(models.Model):
    """A joint questionnaire: each fills a half and says whether the other may read it.

    Answers stand in the order of the edition's questions.
    """

    link = models.OneToOneField(ReferralLink, primary_key=True, on_delete=models.PROTECT)
    edition = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="sheets")
    told = models.JSONField(default=list)
    told_shown = models.BooleanField(default=False)
    needed = models.JSONField(default=list)
    needed_shown = models.BooleanField(default=False)
    filled_at = models.DateTimeField(null=True)
