"""Clients, their people and how to reach them."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zabota.common.lookups import like
from zabota.common.names import detail
from zabota.journal.models import Stream
from zabota.people.access import StaffViewer
from zabota.people.models import Employee


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

    def merged_into_named(self, pattern: str) -> "ClientQuerySet":
        """Those merged into a client that is called so: its name finds what is theirs, too."""
        return self.filter(like("root__search", pattern), root__isnull=False)

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
    # Staff only, reckoned once a day: the margin of twelve months and since when it buys, of all
    # that are one with it; how many minutes earlier its promises stand in Today.
    worth = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    since = models.DateField(null=True)
    worth_start = models.PositiveSmallIntegerField(default=0)
    # Somebody said that it is no client: it wrote once, and nothing of ours is for it.
    refused_at = models.DateTimeField(null=True)
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
