"""Stored messages: exactly one per entry, recipient and channel; sent at least once."""

from django.db import models
from django.db.models import Q

from zabota.cases.models import Case
from zabota.journal.models import Entry
from zabota.outreach.models.gates import Gate
from zabota.people.models import SignInCode, User


class MessageState(models.TextChoices):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


# Where letters to somebody without an account went, once that person was erased.
NOBODY = "erased@invalid.example"


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages in business words."""

    def undelivered(self) -> "MessageQuerySet":
        """Given up, though there is somebody to read it: a closed account misses no letter, nor
        does a person who was erased.
        """
        someone = (Q(to=None) & ~Q(address=NOBODY)) | Q(to__is_active=True)
        return self.filter(someone, state=MessageState.FAILED)


class Message(models.Model):
    """Something on its way to a person. Holds no code or token: they are signed when it is
    rendered.
    """

    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="messages")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="messages")
    code = models.OneToOneField(SignInCode, null=True, on_delete=models.SET_NULL)
    to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="messages")
    # An e-mail address, or the gate's own name of the conversation it is sent to.
    address = models.CharField(max_length=254)
    channel = models.CharField(max_length=10, default="email")
    gate = models.ForeignKey(Gate, null=True, on_delete=models.PROTECT, related_name="messages")
    # What the channel calls it once it was sent there.
    outer_id = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=40)
    path = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    send_after = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, unique=True)
    sent_with = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="digest"
    )
    fault = models.CharField(max_length=500, blank=True)
    # The client's letter that this one answers by itself: few leave, by address and hour.
    in_answer_to = models.ForeignKey(
        "outreach.Received", null=True, on_delete=models.PROTECT, related_name="answered_with"
    )
    # When somebody had it tried anew, after it was given up.
    again_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["send_after", "id"], name="message_waiting", condition=Q(sent_at=None)
            ),
            models.Index(fields=["to", "-sent_at"], name="message_last_sent"),
            models.Index(fields=["-id"], name="message_failed", condition=Q(state="failed")),
            models.Index(
                fields=["address", "-made_at"],
                name="message_answers",
                condition=Q(in_answer_to__isnull=False),
            ),
            models.Index(
                fields=["gate", "address", "outer_id"],
                name="message_by_gate",
                condition=Q(gate__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "address", "channel"], name="message_once_per_entry"
            )
        ]
