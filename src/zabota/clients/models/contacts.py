"""A client's people, how to reach them, what they agreed to."""

from django.db import models
from django.db.models import CharField, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from zabota.clients.models.clients import WHOLE, Client, RoomSide
from zabota.common.formats import phone
from zabota.common.names import detail, initials, person_name
from zabota.people.access import StaffViewer
from zabota.people.models import User


class RoomRole(models.TextChoices):
    """What a contact may do in the room."""

    OWNER = "owner", _("Owner: everything, invites colleagues")
    EDITS = "edits", _("Edits contracts and submits them")
    SEES = "sees", _("Sees")
    SIGNS = "signs", _("Sees and signs")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts in business words."""

    def with_access(self) -> "ContactQuerySet":
        """Those who may come into the room now."""
        return self.filter(removed_at=None, user__isnull=False, user__is_active=True)

    def visible_to(self, viewer: StaffViewer | RoomSide) -> "ContactQuerySet":
        """The people of whatever clients the viewer sees."""
        return (
            self if isinstance(viewer, StaffViewer) else self.filter(client__in=viewer.client_ids)
        )

    def of_whole(self, client: int) -> "ContactQuerySet":
        """The people of a client and of all that are one with it."""
        return self.filter(client__in=Client.objects.whole_of(client).values("pk"))

    def with_whole(self) -> "ContactQuerySet":
        """Each with the clients that are one with theirs, in the same query."""
        same = Client.objects.annotate(key=WHOLE).filter(
            key=Coalesce(OuterRef("client__root"), OuterRef("client"))
        )
        told = (
            same.order_by()
            .values("key")
            .annotate(told=StringAgg(Cast("pk", CharField()), Value(",")))
        )
        return self.select_related("client__root").annotate(one_with=Subquery(told.values("told")))


class Contact(models.Model):
    """A person of a client. With an account they come into the room, to do what the role allows."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=160, blank=True)
    position_en = models.CharField(max_length=160, blank=True)
    # The month and the day, where they told it themselves and agreed: nobody needs the year.
    birthday = models.CharField(max_length=5, blank=True)
    role = models.CharField(max_length=6, choices=RoomRole, default=RoomRole.SEES)
    # Whether the owner of the room lets them see what the company owes, and until when.
    sees_debt = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "user"],
                condition=Q(removed_at=None, user__isnull=False),
                name="contact_once_per_client",
            )
        ]
        indexes = [
            models.Index(fields=["birthday"], name="contact_by_birthday", condition=~Q(birthday=""))
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as the reader reads names."""
        return person_name(self.name, self.name_en)

    @property
    def whole_ids(self) -> tuple[int, ...]:
        """The clients that are one with theirs, where they were asked for (`with_whole`)."""
        told: str = self.__dict__.get("one_with") or str(self.client_id)
        return tuple(sorted(int(pk) for pk in told.split(",")))

    @property
    def shown_position(self) -> str:
        """The position in the reader's language, where it was given in that."""
        return detail(self.position, self.position_en)

    @property
    def initials(self) -> str:
        return initials(self.shown_name)

    @property
    def photo_url(self) -> str:
        return ""


class PointKind(models.TextChoices):
    """How a person is reached."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    MESSENGER = "messenger", _("Messenger")
    ADDRESS = "address", _("Address")


class ContactPoint(models.Model):
    """A way to reach a person: phone, e-mail, messenger, address."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(max_length=10, choices=PointKind)
    value = models.CharField(max_length=254)
    normal = models.CharField(max_length=254, db_index=True)
    preferred = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    @property
    def shown(self) -> str:
        """As people write it: a phone in groups."""
        if self.kind == "messenger" and self.value.startswith("telegram:"):
            return f"Telegram {self.value.partition(':')[2]}"
        return phone(self.value) if self.kind == "phone" else self.value


class Consent(models.Model):
    """Agreement to the use of personal data: one row per purpose, with the text agreed to."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=40)
    source = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
