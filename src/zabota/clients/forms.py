"""What is typed about clients and their people, made into clean values; never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client, ClientKind, Contact, PointKind, Relation, RoomRole
from zabota.people.firm import DETAIL_GENITIVES, DETAIL_WORDS
from zabota.people.forms.fields import LANGUAGES, PersonChoice, colleagues, name_help
from zabota.people.forms.firm import DETAIL_NAMES, english_field, genitive_field
from zabota.people.models import Employee

ENGLISH = tuple(f"{name}_en" for name in DETAIL_WORDS)
GROUPS = (
    (
        _("Who it is"),
        ("kind", "name", "short_name", "inn", "kpp", "ogrn", "address", "postal_address"),
    ),
    (_("How to reach them"), ("phone", "email", "language")),
    (_("For us"), ("owner", "relation", "note")),
)
# What a contract needs, folded until something stands there.
FOR_CONTRACTS = (
    (_("Bank"), ("bank", "bik", "account", "corr_account")),
    (
        _("Who signs"),
        (*DETAIL_GENITIVES, *(f"{name}_gen" for name in DETAIL_GENITIVES)),
    ),
    (_("In English, for papers in English"), ENGLISH),
)
LENGTHS = {
    "name": 300, "short_name": 200, "inn": 20, "kpp": 20, "ogrn": 30, "address": 500,
    "postal_address": 500, "bank": 200, "bik": 20, "account": 40, "corr_account": 40,
    "signatory": 200, "signatory_position": 200, "authority": 200, "phone": 40,
}  # fmt: skip


class ClientForm(forms.Form):
    """A client's card."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ClientKind.choices, widget=forms.RadioSelect)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    owner = PersonChoice(
        label=_("Who answers for it"), queryset=Employee.objects.none(), empty_label="—"
    )
    relation = forms.ChoiceField(
        label=_("Relationship or deal"),
        choices=Relation.choices,
        required=False,
        help_text=_("Only colleagues see it."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only colleagues see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, length in LENGTHS.items():
            label = _("Postal address") if name == "postal_address" else DETAIL_NAMES[name]
            self.fields[name] = forms.CharField(
                label=label, max_length=length, required=name == "name"
            )
        for name in DETAIL_WORDS:
            self.fields[f"{name}_en"] = english_field(name, LENGTHS[name], self.initial)
        for name in DETAIL_GENITIVES:
            self.fields[f"{name}_gen"] = genitive_field(name, LENGTHS[name])
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]


def as_typed(client: Client) -> dict[str, Any]:
    """A card as the form shows it."""
    names = [name for _legend, fields in (*GROUPS, *FOR_CONTRACTS) for name in fields]
    return {name: getattr(client, name) for name in names}


class ContactForm(forms.Form):
    """A person of a client."""

    name = forms.CharField(label=_("Name"), max_length=200)
    position = forms.CharField(label=_("Position"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    position_en = forms.CharField(label=_("Position in English"), max_length=160, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_en"].help_text = name_help(str(self.initial.get("name", "")))


class NewContactForm(ContactForm):
    """Somebody new, with or without access to the room."""

    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    role = forms.ChoiceField(
        label=_("Access to the room"),
        choices=[("", _("No access")), *RoomRole.choices],
        required=False,
    )
    field_order = ("name", "position", "name_en", "position_en", "email", "phone", "role")


class PointForm(forms.Form):
    """One more way to reach a person."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PointKind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=254)


class JoinForm(forms.Form):
    """Another company that a person works for."""

    company = forms.CharField(label=_("Company: name or INN"), max_length=200)
    position = forms.CharField(label=_("Position"), max_length=160, required=False)


class InviteForm(ContactForm):
    """A colleague to invite."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The invitation goes there; they sign in with a code from a mail."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=RoomRole.choices, widget=forms.RadioSelect, initial=RoomRole.EDITS
    )
    field_order = ("name", "position", "name_en", "position_en", "email", "phone", "role")


class AccessForm(forms.Form):
    """Letting a person into the room."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=RoomRole.choices, widget=forms.RadioSelect)


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=RoomRole.choices, widget=forms.RadioSelect)


class ContactChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague of the client by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class HandOverForm(forms.Form):
    """Who does the work from now on."""

    to = ContactChoice(
        label=_("Who takes over"),
        queryset=Contact.objects.none(),
        empty_label="—",
        help_text=_("They get the wider of both roles and are told of it. Both keep their access."),
    )

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = (  # type: ignore[attr-defined]
            Contact.objects.with_access()
            .of_whole(contact.client_id)
            .exclude(pk=contact.pk)
            .order_by("name")
        )


class SureForm(forms.Form):
    """What cannot be taken back is confirmed."""

    sure = forms.BooleanField(label=_("This cannot be taken back. I am sure."))
