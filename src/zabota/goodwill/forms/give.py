"""What is given, as it is typed: only what this kind needs."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.cases.forms import SumField
from zabota.clients.models import Client, ClientKind, Contact
from zabota.goodwill.actions import Given
from zabota.goodwill.codes import new_salt
from zabota.goodwill.models import GiftKind, Good, Terms
from zabota.goodwill.models.gifts import OF_THE_COMPANY, VALUABLES

OCCASIONS = (
    _("for their patience"),
    _("a good idea"),
    _("a birthday"),
    _("we met"),
    _("they told others about us"),
)


class GoodChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Something to give, with what it costs us and how many are left."""

    def label_from_instance(self, obj: Good) -> str:
        left = "" if obj.stock is None else f" · {obj.stock}"
        return f"{obj.name}{left}"


class GiveForm(forms.Form):
    """One gift: few fields, big enough for a thumb."""

    good = GoodChoice(
        label=pgettext_lazy("gift", "What"),
        queryset=Good.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    what = forms.CharField(label=pgettext_lazy("gift", "What"), max_length=200)
    percent = forms.IntegerField(
        label=_("Percent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Blank: a discount of the whole sum."),
    )
    points = forms.IntegerField(label=_("How many points"), min_value=1, max_value=1_000_000)
    cost = SumField(
        label=_("What it costs us"),
        min_value=Decimal("0.01"),
        max_digits=18,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    occasion = forms.CharField(
        label=_("Occasion, in a word"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "occasions", "autocomplete": "off"}),
    )
    contact = forms.ModelChoiceField(
        label=_("Whom"), queryset=Contact.objects.none(), required=False, empty_label="—"
    )
    words = forms.CharField(
        label=_("A word from you"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    official = forms.BooleanField(
        label=_("This is a state or municipal employee"),
        required=False,
        help_text=_("The law lets us give them less."),
    )
    once = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(
        self, kind: str, terms: Terms, client: Client | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.client = kind, client
        goods = Good.objects.filter(closed_at=None).exclude(stock=0).order_by("pk")
        self.fields["good"].queryset = goods  # type: ignore[attr-defined]
        if kind == GiftKind.GOODS:
            self.fields["good"].initial = goods.first()
        self.fields["once"].initial = new_salt()
        company = client is not None and client.kind == ClientKind.COMPANY
        for name in set(self.fields) - self._needed(kind, company):
            del self.fields[name]
        if "contact" in self.fields and client is not None:
            people = Contact.objects.of_whole(client.pk).filter(removed_at=None)
            self.fields["contact"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]
        if kind in (GiftKind.DELIVERY, GiftKind.FLOWERS):
            self.fields["what"].required = False
            self.fields["what"].label = _("More about it")
        if kind == GiftKind.DISCOUNT:
            self.fields["cost"].label = _("Up to which sum")

    @staticmethod
    def _needed(kind: str, company: bool) -> set[str]:
        own = {
            GiftKind.GOODS: {"good"},
            GiftKind.DISCOUNT: {"percent", "cost"},
            GiftKind.POINTS: {"points"},
            GiftKind.DELIVERY: {"cost", "what"},
            GiftKind.FLOWERS: {"cost", "what"},
            GiftKind.OWN: {"what", "cost"},
            GiftKind.THANKS: set(),
        }[GiftKind(kind)]
        person = {"contact"} if company and kind not in OF_THE_COMPANY else set()
        official = {"official"} if kind in VALUABLES else set()
        return own | person | official | {"occasion", "words", "once"}

    def given(self) -> Given:
        """As the action takes it."""
        told: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if value is not None
        }
        contact = told.pop("contact", None)
        if self.client is not None and contact is None and self.client.kind == ClientKind.PERSON:
            people = Contact.objects.of_whole(self.client.pk).filter(removed_at=None)
            contact = people.order_by("pk").first()
        return Given(kind=self.kind, client=self.client, contact=contact, **told)
