"""What is typed while a client talks, whether we know them or not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client, Contact
from zabota.tickets.actions.write_down import Stranger
from zabota.tickets.forms.fields import WithQuestions
from zabota.tickets.forms.tickets import TicketForm
from zabota.tickets.models import Priority
from zabota.tickets.reading.fields import standing_fields


class WrittenDown(WithQuestions, TicketForm):
    """What a client asks, as one of ours puts it down: nobody is kept waiting for an answer."""

    priority = forms.ChoiceField(
        label=_("How urgent"),
        choices=[("", _("As usual for this kind")), *Priority.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["files"]
        self.fields["kind"].label = _("What the request is about")
        self.fields["text"].label = _("What the client says")
        self.ask(standing_fields())


class ClientCallsForm(WrittenDown):
    """Of a client we know: who of them asks, and what."""

    contact = forms.ModelChoiceField(
        label=_("Who asks"), queryset=Contact.objects.none(), required=False, empty_label="—"
    )
    field_order = ("contact", "kind", "text", "priority")

    def __init__(self, client: Client, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_it = Contact.objects.of_whole(client.pk).filter(removed_at=None)
        people = of_it.select_related("user").order_by("name")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]


class StrangerForm(WrittenDown):
    """Who calls, by what they are reached, what they ask."""

    name = forms.CharField(label=_("Who calls"), max_length=200)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    field_order = ("name", "phone", "email", "kind", "text", "priority")

    def before(self) -> list[forms.BoundField]:
        """Who it is, above what they ask."""
        return [self[name] for name in ("name", "phone", "email")]

    def others(self) -> list[forms.BoundField]:
        """Everything else on the form, in order."""
        told = {"name", "phone", "email"}
        return [each for each in super().others() if each.name not in told]

    def stranger(self) -> Stranger:
        """Who it is, as a clean value."""
        given = self.cleaned_data
        return Stranger(given["name"].strip(), given["phone"].strip(), given["email"])
