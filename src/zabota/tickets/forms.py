"""What is typed about requests, made into clean values; never saves."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client, Contact
from zabota.tickets.actions.words import LONGEST
from zabota.tickets.models import Outcome, Priority, TicketType


class TypeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A kind of request by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        language = get_language() or "ru"
        purpose = obj.purpose(language)
        return f"{obj.name(language)}: {purpose}" if purpose else str(obj.name(language))


def kinds_of_requests() -> Any:
    """Those that can be chosen now, in the firm's order."""
    return (
        TicketType.objects.filter(closed_at=None).select_related("team").order_by("position", "pk")
    )


class TicketForm(forms.Form):
    """What the client asks for."""

    kind = TypeChoice(
        label=_("What it is about"),
        queryset=TicketType.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    text = forms.CharField(
        label=_("Tell us"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds_of_requests()  # type: ignore[attr-defined]


class WrittenDownForm(TicketForm):
    """The same, written down by one of ours while the client talks."""

    contact = forms.ModelChoiceField(
        label=_("Who asks"), queryset=Contact.objects.none(), required=False, empty_label="—"
    )
    priority = forms.ChoiceField(
        label=_("How urgent"),
        choices=[("", _("As usual for this kind")), *Priority.choices],
        required=False,
    )
    field_order = ("contact", "kind", "text", "priority")

    def __init__(self, client: Client, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_it = Contact.objects.of_whole(client.pk).filter(removed_at=None)
        people = of_it.select_related("user").order_by("name")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    """How a request ended, in words for the client."""

    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In words for the client"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was done; if it was not in our power, what we offer instead."),
    )


class PriorityForm(forms.Form):
    """More or less urgent than was thought."""

    priority = forms.ChoiceField(label=_("How urgent"), choices=Priority.choices)
    reason = forms.CharField(label=_("Why"), max_length=300)
