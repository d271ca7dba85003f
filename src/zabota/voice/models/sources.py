"""Where mentions come from, and what each of these places brought."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.common.models import File
from zabota.journal.models import Stream
from zabota.outreach.models import Mailbox
from zabota.people.models import Employee


class PlaceKind(models.TextChoices):
    """What kind of place somebody wrote at: each has its own manners."""

    REVIEWS = "reviews", _("Site of reviews")
    MAPS = "maps", _("Maps")
    MARKET = "market", _("Marketplace")
    SOCIAL = "social", _("Social network")
    FORUM = "forum", _("Forum or blog")
    PRESS = "press", _("Press")
    HEARD = "heard", pgettext_lazy("place of a mention", "Said aloud")
    OTHER = "other", pgettext_lazy("place of a mention", "Elsewhere")


class SourceKind(models.TextChoices):
    """By which way a source tells us."""

    FEED = "feed", _("Feed (RSS or Atom)")
    ALERTS = "alerts", _("Letters of alerts, by IMAP")
    HOOK = "hook", _("Signed notices (webhook)")
    TABLE = "table", _("Tables of a monitoring service")


class Source(models.Model):
    """A place that tells us of mentions. `secret` signs the notices of a webhook, encrypted like
    the password of a mailbox; `columns` is which column of its tables is what, by their headings.
    """

    kind = models.CharField(max_length=8, choices=SourceKind)
    name = models.CharField(max_length=100)
    place_kind = models.CharField(max_length=8, choices=PlaceKind, default=PlaceKind.OTHER)
    url = models.CharField(max_length=2000, blank=True)
    mailbox = models.OneToOneField(
        Mailbox, null=True, on_delete=models.PROTECT, related_name="source"
    )
    key = models.CharField(max_length=40, unique=True)
    secret = models.TextField(blank=True)
    columns = models.JSONField(default=dict)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="source")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # How a feed was read last, when it is to be read next, and what stands in the way.
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    look_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    fault_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["look_at"], name="source_to_look_at", condition=Q(look_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """How far what was brought has come."""

    TRIED = "tried", _("being looked at")
    WAITING = "waiting", _("waits for its turn")
    RUNNING = "running", _("being taken in")
    DONE = "done", _("taken in")


class Delivery(models.Model):
    """What a source brought at once: a table, a notice, what was new in a feed, a letter of alerts.
    `mark` is the source's own name for it: brought again, it does nothing.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="deliveries")
    mark = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    columns = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "mark"], name="delivered_once"),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="delivery_under_way",
                condition=Q(state__in=["waiting", "running"]),
            ),
            models.Index(fields=["source", "-id"], name="delivery_of_source"),
        ]
