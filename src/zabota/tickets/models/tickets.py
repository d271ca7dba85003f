"""A request with its thread. Its client, owner, state and history are those of its case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, Promise
from zabota.clients.models import Contact, Relation
from zabota.common.models import File
from zabota.journal.models import Audience
from zabota.outreach.models import Received
from zabota.people.models import Employee, Place, Skill, Team, User
from zabota.tickets.models.receiving import ReceivingRule, Why


class Priority(models.TextChoices):
    """How fast we answer; staff only."""

    URGENT = "urgent", pgettext_lazy("priority", "urgent")
    HIGH = "high", pgettext_lazy("priority", "high")
    NORMAL = "normal", pgettext_lazy("priority", "usual")
    LOW = "low", pgettext_lazy("priority", "can wait")


class Channel(models.TextChoices):
    """By which way it came."""

    ROOM = "room", pgettext_lazy("channel", "room")
    CALL = "call", pgettext_lazy("channel", "call")
    MAIL = "mail", pgettext_lazy("channel", "e-mail")
    FORM = "form", pgettext_lazy("channel", "form on the site")
    CHAT = "chat", pgettext_lazy("channel", "chat on the site")
    TELEGRAM = "telegram", pgettext_lazy("channel", "Telegram")
    MENTION = "mention", pgettext_lazy("channel", "review")


class TicketState(models.TextChoices):
    """Where a request stands; kept in its case."""

    NEW = "new", _("Received")
    OPEN = "open", _("In work")
    WAITING = "waiting", _("Waits for the client")
    DONE = "done", _("Finished")


class Outcome(models.TextChoices):
    """How a request ended; each is counted apart."""

    SOLVED = "solved", _("Solved")
    OTHERWISE = "otherwise", _("Helped another way")
    BEYOND = "beyond", _("Not in our power")
    # How a suggestion ends.
    DONE = "done", _("Done as suggested")
    DECLINED = "declined", _("Not taken up")


USUAL_ENDS = (Outcome.SOLVED, Outcome.OTHERWISE, Outcome.BEYOND)
ENDS_OF_SUGGESTION = (Outcome.DONE, Outcome.DECLINED)


class TicketType(models.Model):
    """A kind of request: what the client chooses, how urgent it is, which team receives it.

    Without a team it goes to whoever answers for the client. `skills` are what it takes: it goes
    to whoever has them. A suggestion has ends of its own, and the client follows its fate.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    purpose_ru = models.CharField(max_length=200, blank=True)
    purpose_en = models.CharField(max_length=200, blank=True)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.NORMAL)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    skills = models.ManyToManyField(Skill, related_name="+")
    is_suggestion = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    def name(self, language: str) -> str:
        """As the reader's language has it."""
        return self.name_en if language == "en" else self.name_ru

    def purpose(self, language: str) -> str:
        """What it is for, in the reader's language."""
        return self.purpose_en if language == "en" else self.purpose_ru


class ServiceLevel(models.Model):
    """How fast requests of a priority are answered and brought to an end, in working minutes; how
    often their clients hear from a person while it goes on, where that is promised.
    """

    priority = models.CharField(max_length=8, choices=Priority, primary_key=True)
    reply_minutes = models.PositiveIntegerField()
    solution_minutes = models.PositiveIntegerField()
    news_minutes = models.PositiveIntegerField(null=True)


class PriorityRule(models.Model):
    """A request that looks like this is so urgent, whatever its kind says. What is left blank does
    not matter; of several rules that fit, the most urgent counts.

    `words` are separated by commas, any of them is enough; an asterisk stands for any ending.
    `from_time` to `to_time` is a stretch of the firm's day and may pass midnight.
    """

    type = models.ForeignKey(TicketType, null=True, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation, blank=True)
    words = models.CharField(max_length=500, blank=True)
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    # Money at stake: what the request itself names, what the client brings in a year, the largest
    # of the client's contracts that stand.
    amount_from = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    worth_from = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    contract_from = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    priority = models.CharField(max_length=8, choices=Priority)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time=None, to_time=None)
                | Q(from_time__isnull=False, to_time__isnull=False),
                name="priority_rule_whole_stretch",
            )
        ]


class Ticket(models.Model):
    """A request or a problem: the other half of its case.

    `reply` and `solution` are the promises that count now: of a request begun anew, the new ones.
    `news` is the next word of a person while it goes on: laid once somebody has answered.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    type = models.ForeignKey(TicketType, on_delete=models.PROTECT, related_name="tickets")
    priority = models.CharField(max_length=8, choices=Priority)
    # By which rule it is so urgent; by none, once somebody changed it.
    rule = models.ForeignKey(PriorityRule, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="tickets"
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="tickets")
    taken_by = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="tickets"
    )
    taken_at = models.DateTimeField(null=True)
    # Why it went to whom it went first, and by which rule of the firm.
    why = models.CharField(max_length=12, choices=Why, blank=True)
    received_by = models.ForeignKey(
        ReceivingRule, null=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="tickets")
    # Of a suggestion, when we said that we do it.
    taken_up_at = models.DateTimeField(null=True)
    reply = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="reply_to")
    solution = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="solution_of")
    news = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="news_of"
    )
    said = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    # When the client is asked whether it helped; nothing, while or since that is not to be done.
    ask_at = models.DateTimeField(null=True)
    # Out of Today until then, by whoever has it.
    snoozed_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ask_at"], name="ticket_ask", condition=Q(ask_at__isnull=False)),
            models.Index(
                fields=["snoozed_until"],
                name="ticket_wakes",
                condition=Q(snoozed_until__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="ticket_taken_by_somebody",
            )
        ]


class RemarkKind(models.TextChoices):
    """What a line of a thread is. Only words and calls of a person are an answer."""

    WORDS = "words"
    CALL = "call"
    NOTE = "note"
    ENDING = "ending"
    MISSED = "missed"


class Remark(models.Model):
    """Something said in a thread, by whichever channel; a note is for colleagues only."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=8, choices=RemarkKind)
    side = models.CharField(max_length=6, choices=[("ours", "ours"), ("theirs", "theirs")])
    audience = models.CharField(max_length=6, choices=Audience)
    channel = models.CharField(max_length=8, choices=Channel)
    text = models.TextField()
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    # The letter that brought it: a letter says one thing once.
    letter = models.OneToOneField(
        Received, null=True, on_delete=models.PROTECT, related_name="remark"
    )
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="remark_thread")]


class RemarkFile(models.Model):
    """A file somebody added to what they said; whoever reads the words takes it."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)


class Watcher(models.Model):
    """A colleague who looks on: sees the request and hears what the client writes."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="watchers")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "employee"], name="watcher_once")]


class Looking(models.Model):
    """Who has a request before their eyes, and when their page last said so."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "employee"], name="looking_once")]
