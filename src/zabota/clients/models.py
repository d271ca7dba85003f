"""Clients, their people and how to reach them."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models
from django.db.models import CharField, F, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from zabota.common.formats import phone
from zabota.common.names import detail, initials, person_name
from zabota.journal.models import Stream
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, User


class ClientKind(models.TextChoices):
    """Whom we do things for."""

    COMPANY = "company", _("Company")
    PERSON = "person", _("Person")


class Relation(models.TextChoices):
    """Staff only: who wants a long partnership and who the lowest price."""

    UNKNOWN = "", _("Not known yet")
    RELATIONSHIP = "relationship", _("Relationship client")
    DEAL = "deal", _("Deal client")


class RoomSide(Protocol):
    """A viewer who stands for companies."""

    @property
    def client_ids(self) -> tuple[int, ...]: ...


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients in business words."""

    def visible_to(self, viewer: StaffViewer | RoomSide) -> "ClientQuerySet":
        """Every department knows every client; in the room one sees one's own companies."""
        if isinstance(viewer, StaffViewer):
            return self.filter(root=None)
        return self.filter(pk__in=viewer.client_ids)

    def saying(self, words: Iterable[str]) -> "ClientQuerySet":
        """Those in whose names and numbers, or in those of who is one with them, each word is."""
        found = self
        for word in words:
            merged = Client.objects.filter(root__isnull=False, search__contains=word)
            found = found.filter(Q(search__contains=word) | Q(pk__in=merged.values("root")))
        return found

    def whole_of(self, client: int) -> "ClientQuerySet":
        """Everybody who is one with this client, itself among them."""
        of_it = Client.objects.filter(pk=client).values(key=WHOLE)
        return self.alias(key=WHOLE).filter(key__in=of_it)


# By this clients that are one are the same; asked for just so, it is found by its index.
WHOLE = Coalesce(F("root"), F("id"))


class Client(models.Model):
    """A company or a person we do things for.

    `root` is nothing until it is merged into another; then it names the one all of them are. It
    sums up what stands in `Merging`; nothing else is rewritten, and readers ask for the whole.
    """

    kind = models.CharField(max_length=8, choices=ClientKind, default=ClientKind.COMPANY)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=200, blank=True)
    inn = models.CharField(max_length=12, blank=True, db_index=True)
    kpp = models.CharField(max_length=9, blank=True)
    ogrn = models.CharField(max_length=15, blank=True)
    address = models.CharField(max_length=500, blank=True)
    postal_address = models.CharField(max_length=500, blank=True)
    bank = models.CharField(max_length=200, blank=True)
    bik = models.CharField(max_length=9, blank=True)
    account = models.CharField(max_length=20, blank=True)
    corr_account = models.CharField(max_length=20, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    signatory_position = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    # The same in English, for papers in English; blank where the client never gave them.
    name_en = models.CharField(max_length=300, blank=True)
    short_name_en = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=500, blank=True)
    bank_en = models.CharField(max_length=200, blank=True)
    signatory_en = models.CharField(max_length=200, blank=True)
    signatory_position_en = models.CharField(max_length=200, blank=True)
    authority_en = models.CharField(max_length=200, blank=True)
    # Who signs in the genitive, as people wrote it; blank where our own rules may do it.
    signatory_gen = models.CharField(max_length=200, blank=True)
    signatory_position_gen = models.CharField(max_length=200, blank=True)
    authority_gen = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    relation = models.CharField(max_length=12, choices=Relation, blank=True)
    note = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="ru")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="clients")
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    search = models.TextField(default="")
    # When it was last looked for among the others; nothing where its card has changed since.
    looked_at = models.DateTimeField(null=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["search", "id"], name="client_by_name"),
            models.Index(WHOLE, name="client_whole"),
            models.Index(fields=["id"], name="client_to_look_at", condition=Q(looked_at=None)),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """How people call it, as the reader reads names: «Ромашка»."""
        return detail(self.short_name or self.name, self.short_name_en or self.name_en)

    @property
    def whole(self) -> "Client":
        """The one it is now: itself, or what it was merged into, loaded together with it."""
        return self.root or self

    @property
    def whole_id(self) -> int:
        """By this clients that are one are the same."""
        return self.root_id or self.pk

    @property
    def full_name(self) -> str:
        """The name in full, as the reader reads names."""
        return detail(self.name, self.name_en)


class Merging(models.Model):
    """Two cards are one client: since when, on whose word and why, and whether it was undone."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="mergings")
    into = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="took_in")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(undone_at=None), name="merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(client=F("into")), name="merged_into_another"),
        ]


class SameKey(models.Model):
    """What a card is found near others by; cards without a key in common are never compared."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="same_keys")
    key = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["key", "client"], name="same_key")]


class LikenessQuerySet(models.QuerySet["Likeness"]):
    """Pairs in business words."""

    def offered(self) -> "LikenessQuerySet":
        """Those nobody has told apart, of cards that are not one already."""
        pairs = self.filter(told_apart_at=None).alias(
            one_whole=Coalesce(F("one__root"), F("one")),
            other_whole=Coalesce(F("other__root"), F("other")),
        )
        return pairs.exclude(one_whole=F("other_whole"))


class Likeness(models.Model):
    """Two cards that may be one client: by what, and what is missing to a hundred per cent. Nothing
    merges them by itself; once somebody told them apart, they are not offered again.
    """

    one = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    doubt = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    found_at = models.DateTimeField()
    told_apart_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    told_apart_at = models.DateTimeField(null=True)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["doubt", "id"], name="likeness", condition=Q(told_apart_at=None))
        ]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likeness_in_order"),
        ]

    @property
    def sure(self) -> int:
        """How sure it is, in per cent."""
        return 100 - self.doubt


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
    role = models.CharField(max_length=6, choices=RoomRole, default=RoomRole.SEES)
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


class ContactPoint(models.Model):
    """A way to reach a person: phone, e-mail, messenger, address."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(
        max_length=10,
        choices=[
            ("email", _("E-mail")),
            ("phone", _("Phone")),
            ("messenger", _("Messenger")),
            ("address", _("Address")),
        ],
    )
    value = models.CharField(max_length=254)
    normal = models.CharField(max_length=254, db_index=True)
    preferred = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    @property
    def shown(self) -> str:
        """As people write it: a phone in groups."""
        return phone(self.value) if self.kind == "phone" else self.value


class Consent(models.Model):
    """Agreement to the use of personal data: one row per purpose, with the text agreed to."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=40)
    source = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
