"""What came in: letters and the mailboxes they came by, words by other ways, and their files."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case
from zabota.clients.models import Contact, RoomSide
from zabota.common.models import File
from zabota.journal.models import Stream
from zabota.outreach.models.gates import Gate, Thread
from zabota.outreach.models.messages import Message
from zabota.people.access import StaffViewer
from zabota.people.models import User


class MailboxWay(models.TextChoices):
    """How letters come out of it."""

    IMAP = "imap", _("We fetch them by IMAP")
    PIPE = "pipe", _("The mail server hands them over (zabota mail ingest)")


class Security(models.TextChoices):
    """How the way to the mail server is kept secret."""

    TLS = "tls", _("TLS from the start (port 993)")
    STARTTLS = "starttls", _("TLS after greeting (port 143)")
    NONE = "none", _("None: only on this machine")


class Brings(models.TextChoices):
    """What comes by a mailbox."""

    LETTERS = "letters", _("Letters of clients")
    MENTIONS = "mentions", _("Alerts of services that watch the web")


class Mailbox(models.Model):
    """Where clients write to, or where services that watch the web send their alerts. `secret` is
    the password, encrypted with this installation's key; or `secret_env` names the environment
    variable that holds it.
    """

    name = models.CharField(max_length=100)
    address = models.EmailField(max_length=254, blank=True)
    # Whether the mail server takes help+anything@… as help@…: then answers bear a token.
    plus = models.BooleanField(default=True)
    brings = models.CharField(max_length=8, choices=Brings, default=Brings.LETTERS)
    way = models.CharField(max_length=4, choices=MailboxWay, default=MailboxWay.IMAP)
    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security, default=Security.TLS)
    login = models.CharField(max_length=254, blank=True)
    secret = models.TextField(blank=True)
    secret_env = models.CharField(max_length=60, blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="mailbox")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # How far it was read: numbers hold while the server gives the folder the same validity.
    validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    # Which worker watches it now, and until when the others leave it alone.
    watcher = models.CharField(max_length=40, blank=True)
    watched_until = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    fault_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(closed_at=None) & ~Q(address=""),
                name="one_mailbox_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.address or self.name


class ReceivedState(models.TextChoices):
    """What a letter turned out to be."""

    READ = "read", _("a person’s letter")
    KEPT = "kept", _("could not be read, kept whole")
    AUTOMATIC = "automatic", _("sent by an automaton")
    BOUNCE = "bounce", _("says that a letter of ours was not delivered")
    COPY = "copy", _("a copy of a letter that came already")


class Waits(models.TextChoices):
    """Why somebody of ours has to look before anything follows."""

    NOTHING = "", _("nothing to decide")
    UNKNOWN = "unknown", _("we do not know the sender")
    OTHER = "other", _("the letter answers ours to somebody else")
    SEVERAL = "several", _("the letter it answers told of several contracts or requests")
    CASELESS = "caseless", _("it answers no letter of ours")
    MANY = "many", _("too many letters from this address")
    UNREADABLE = "unreadable", _("it could not be read")


class FoundBy(models.TextChoices):
    """How the case of a letter was found."""

    NOT = "", _("not found")
    TOKEN = "token", _("by the address it was sent to")
    REFERENCES = "references", _("by the letter it answers")
    HAND = "hand", _("by hand")
    OPENED = "opened", _("opened by this letter")
    THREAD = "thread", _("by the conversation it came in")


class ReceivedQuerySet(models.QuerySet["Received"]):
    """Letters in business words."""

    def visible_to(self, viewer: StaffViewer | RoomSide, *, sorts: bool) -> "ReceivedQuerySet":
        """Letters of the cases one sees; without a case, those who sort letters. Clients see what
        became of their letter, never the letter.
        """
        if not isinstance(viewer, StaffViewer):
            return self.none()
        seen = Q(case__in=Case.objects.visible_to(viewer).values("pk"))
        return self.filter(seen | Q(case=None) if sorts else seen)

    def waiting(self) -> "ReceivedQuerySet":
        """What somebody of ours has to look at."""
        return self.filter(~Q(waits=""), settled_at=None)


class Received(models.Model):
    """A letter that came in by a mailbox, or words that came by a gate, once each (`outer_id` is
    the gate's own name for them). `file` is the whole, as it came; the rest is what was read of it:
    `text` are the writer's own words, `cut` the quoted history and the signature.
    """

    mailbox = models.ForeignKey(
        Mailbox, null=True, on_delete=models.PROTECT, related_name="letters"
    )
    gate = models.ForeignKey(Gate, null=True, on_delete=models.PROTECT, related_name="letters")
    thread = models.ForeignKey(Thread, null=True, on_delete=models.PROTECT, related_name="letters")
    outer_id = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=9, choices=ReceivedState)
    # Why it could not be read, or what told the automaton.
    why = models.CharField(max_length=20, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    cut = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="letters")
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="letters"
    )
    # Whose account acts by this letter; an employee who answers a notice is one, too.
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="letters")
    answers = models.ForeignKey(
        Message, null=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    found_by = models.CharField(max_length=10, choices=FoundBy, blank=True)
    waits = models.CharField(max_length=10, choices=Waits, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-id"],
                name="received_waiting",
                condition=Q(settled_at=None) & ~Q(waits=""),
            ),
            models.Index(fields=["sender", "-received_at"], name="received_by_sender"),
            models.Index(fields=["message_id"], name="received_by_message"),
            models.Index(fields=["case", "-id"], name="received_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "file"], name="received_once"),
            models.UniqueConstraint(
                fields=["gate", "outer_id"],
                condition=Q(gate__isnull=False),
                name="received_once_by_gate",
            ),
            models.CheckConstraint(
                name="received_by_one_way",
                condition=Q(mailbox=None, gate__isnull=False) | Q(mailbox__isnull=False, gate=None),
            ),
            models.CheckConstraint(
                name="received_case_is_found",
                condition=Q(case=None, found_by="") | (Q(case__isnull=False) & ~Q(found_by="")),
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody of ours still has to look."""
        return self.settled_at is None and self.waits != Waits.NOTHING


# A picture in the middle of a letter is its look (a logo under a name) up to so many bytes; what is
# larger was meant to be seen.
LOOK = 20_000


class ReceivedFileQuerySet(models.QuerySet["ReceivedFile"]):
    """Files of letters in business words."""

    def brought(self) -> "ReceivedFileQuerySet":
        """What somebody sent along; pictures that only belong to the look of a letter do not
        count.
        """
        return self.filter(Q(inline=False) | Q(file__size__gt=LOOK))


class ReceivedFile(models.Model):
    """A file a letter brought, kept as it came. `doubt` says why it is not offered for opening:
    `program`, `kind`, `not_what_it_says`, `too_large`.
    """

    letter = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    inline = models.BooleanField(default=False)
    doubt = models.CharField(max_length=20, blank=True)

    objects = ReceivedFileQuerySet.as_manager()
