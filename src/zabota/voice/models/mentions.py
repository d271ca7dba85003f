"""Mentions: the other half of their case; whose they may be, which of them may be one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.models import Case, Promise
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client, Contact
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Place, User
from zabota.voice.models.sources import Delivery, PlaceKind, Source


class Way(models.TextChoices):
    """How we came to know of it."""

    LINK = "link", pgettext_lazy("way of a mention", "A link somebody pasted")
    HEARD = "heard", pgettext_lazy("way of a mention", "Heard by one of ours")
    SOURCE = "source", pgettext_lazy("way of a mention", "A source told it")


class MentionState(models.TextChoices):
    """Where it stands; kept in its case."""

    WAITING = "waiting", _("To be thanked")
    THANKED = "thanked", _("Thanked")
    ASIDE = "aside", pgettext_lazy("mention", "Set aside")


class Thanks(models.TextChoices):
    """By which way somebody was thanked."""

    PUBLIC = "public", _("In public, where it was written")
    LETTER = "letter", _("By letter")
    ALOUD = "aloud", _("In person or by phone")


class Aside(models.TextChoices):
    """Why nobody is to be thanked."""

    OTHER = "other", _("It is not about us")
    OURS = "ours", _("We wrote it ourselves")
    SPAM = "spam", _("Advertising or a machine’s text")


class MentionQuerySet(models.QuerySet["Mention"]):
    """Mentions in business words."""

    def visible_to(self, viewer: StaffViewer | RoomViewer) -> "MentionQuerySet":
        """Whatever is said of the firm is for all of ours; in the room there is none of it."""
        return self.all() if isinstance(viewer, StaffViewer) else self.none()

    def standing(self) -> "MentionQuerySet":
        """Without those that were joined to another."""
        return self.filter(case__root=None)


class Mention(models.Model):
    """What somebody wrote or said of us. Its client is that of its case: until a person confirms
    who the author is, the card of authors nobody knows yet.

    The text is kept as it was found, since pages vanish; `digest` is the same for the same words,
    `link_digest` for the same page. `rating` is what the author gave there, and moves nothing here.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    way = models.CharField(max_length=8, choices=Way)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="mentions")
    delivery = models.ForeignKey(
        Delivery, null=True, on_delete=models.PROTECT, related_name="mentions"
    )
    # The source's own name for it.
    outer = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=2000, blank=True)
    link_digest = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    # When the page itself was read; nothing where the words were typed or told by the source.
    read_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, default="ru")
    author = models.CharField(max_length=200, blank=True)
    author_link = models.CharField(max_length=500, blank=True)
    place_kind = models.CharField(max_length=8, choices=PlaceKind)
    # The site as people call it, or where it was said.
    where = models.CharField(max_length=120, blank=True)
    said_at = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="mentions")
    rating = models.PositiveSmallIntegerField(null=True)
    written_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="mentions"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    thanks = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="thanks_for")
    thanked_at = models.DateTimeField(null=True)
    thanked_by = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="thanked"
    )
    how = models.CharField(max_length=8, choices=Thanks, blank=True)
    words = models.TextField(blank=True)
    answer_link = models.CharField(max_length=2000, blank=True)
    aside = models.CharField(max_length=8, choices=Aside, blank=True)
    # When the author had what everybody has who was thanked.
    rewarded_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-found_at", "-case"], name="mention_list"),
            models.Index(fields=["source", "-found_at"], name="mention_of_source"),
            models.Index(fields=["link_digest"], name="mention_link"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outer"],
                condition=Q(source__isnull=False) & ~Q(outer=""),
                name="mention_once_by_source",
            ),
            models.CheckConstraint(
                condition=Q(thanked_at=None, thanked_by=None, how="")
                | Q(thanked_at__isnull=False, thanked_by__isnull=False) & ~Q(how=""),
                name="mention_thanked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, contact=None) | Q(confirmed_at__isnull=False),
                name="mention_author_is_confirmed",
            ),
            # The reward comes after the thanks, and never before.
            models.CheckConstraint(
                condition=Q(rewarded_at=None) | Q(thanked_at__isnull=False),
                name="mention_rewarded_after_thanks",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)


class MentionKey(models.Model):
    """Under what a mention is laid, so that those that may be the same find each other."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["key", "mention"], name="mention_key")]


class Twin(models.Model):
    """Two mentions that may be one, how sure it is and by what; `apart_at`, once somebody said that
    they are two.
    """

    one = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="twins")
    other = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="twinned")
    sure = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    apart_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="twins_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="twins_in_order"),
        ]


class AuthorGuess(models.Model):
    """A client who may have written it, how sure that is and by what; only ours read it. It is
    said no more once somebody denied it.
    """

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="guesses")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    sure = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    denied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mention", "client"], name="guessed_once"),
        ]


class ReadyThanks(models.Model):
    """Words to begin from when thanking, by kind of place; `for_trouble` where somebody told of
    trouble. «{author}» and «{firm}» stand for the names.
    """

    place_kind = models.CharField(max_length=8, choices=PlaceKind, blank=True)
    for_trouble = models.BooleanField(default=False)
    text_ru = models.TextField()
    text_en = models.TextField()
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def text(self, language: str) -> str:
        """In the language somebody wrote in."""
        return self.text_en if language == "en" else self.text_ru


class Manners(models.Model):
    """How the firm thanks: within how many working minutes, who does it, and the card on which
    mentions of authors nobody knows lie.

    What everybody has who was thanked and is known: a thing (`good`), a discount of `percent` up to
    `most`, or, where neither is set, points by their own rules.
    """

    minutes = models.PositiveIntegerField(default=480)
    team = models.ForeignKey("people.Team", null=True, on_delete=models.PROTECT, related_name="+")
    unknown = models.OneToOneField(Client, null=True, on_delete=models.PROTECT, related_name="+")

    good = models.ForeignKey("goodwill.Good", null=True, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(null=True)
    most = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_manners"),
            models.CheckConstraint(
                name="one_reward_for_mentions",
                condition=Q(good=None, percent=None, most=None)
                | Q(good__isnull=False, percent=None, most=None)
                | Q(good=None, percent__gte=1, percent__lte=100, most__gt=0),
            ),
        ]
