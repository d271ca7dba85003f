"""Ways in beside mailboxes: a form or a chat on a site, a bot, a telephone exchange."""

from django.db import models
from django.utils.translation import pgettext_lazy

from zabota.clients.models import Contact
from zabota.journal.models import Stream


class GateKind(models.TextChoices):
    """What clients use to reach us there."""

    FORM = "form", pgettext_lazy("way in", "Form on a site")
    CHAT = "chat", pgettext_lazy("way in", "Chat on a site")
    TELEGRAM = "telegram", pgettext_lazy("way in", "Telegram bot")
    PHONE = "phone", pgettext_lazy("way in", "Telephone exchange")


class Gate(models.Model):
    """A way in the firm set up. `key` stands in its public address; `options` is what the firm
    said about it, read by whoever takes in what comes; `secret` is a token of ours at somebody
    else's, encrypted like the password of a mailbox.
    """

    kind = models.CharField(max_length=8, choices=GateKind)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=2, default="ru")
    key = models.CharField(max_length=40, unique=True)
    options = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    secret_env = models.CharField(max_length=60, blank=True)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="gate")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # How far a bot was read, which worker asks it now, and what stands in the way.
    last_update = models.BigIntegerField(default=0)
    watcher = models.CharField(max_length=40, blank=True)
    watched_until = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    fault_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ConsentText(models.Model):
    """What people agree to at a gate; another wording is another edition, the old ones stay."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="consents")
    text = models.TextField()
    made_at = models.DateTimeField()


class Thread(models.Model):
    """A conversation as the channel knows it: `outer` is its own name for it. Whose it is stands in
    `contact`, once somebody is known by it.
    """

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="threads")
    outer = models.CharField(max_length=100)
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="threads"
    )
    since = models.DateTimeField()
    # When a chat's page last asked for news: whoever looks needs no letter.
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gate", "outer"], name="thread_once")]


class LinkCode(models.Model):
    """A link from the room by which a conversation becomes this person's; good once, not for long.
    Only the digest of what stands in the link is kept.
    """

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    lapses_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
