"""What is typed when a contract is signed: who signs how, one's authority, the code, a reason."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Contact
from zabota.contracts.actions.signing import Authority
from zabota.contracts.actions.signing.begin import MOST_DAYS, USUAL_DAYS
from zabota.contracts.models import Ground, Order, Signatory, Way
from zabota.people.models import Employee

DAY = {"type": "date"}


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, picked from a calendar."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=dict(DAY), format="%Y-%m-%d"), **more
    )


def _signers(label: Any) -> forms.MultipleChoiceField:
    """One or several of a side."""
    return forms.MultipleChoiceField(
        label=label,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )


def _offer(field: forms.Field, people: list[tuple[int, str]], first: int | None = None) -> None:
    """Everybody who may, the usual one chosen."""
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = [(str(pk), name) for pk, name in people]
    field.initial = [str(first or people[0][0])] if people else []


class BeginSigningForm(forms.Form):
    """Who signs for each side, how, in which order, until when."""

    way = forms.ChoiceField(label=_("How"), choices=Way.choices, widget=forms.RadioSelect)
    ours = _signers(_("Who signs for us"))
    theirs = _signers(_("Who signs for the client"))
    order = forms.ChoiceField(label=_("Who signs first"), choices=Order.choices)
    lapses_on = day_field(_("The last day to sign"))

    def __init__(
        self,
        *args: Any,
        ours: Sequence[Employee],
        theirs: Sequence[Contact],
        today: date,
        **kwargs: Any,
    ) -> None:
        last = today + timedelta(days=USUAL_DAYS)
        first = {"way": Way.CODE, "order": Order.THEIRS, "lapses_on": last}
        kwargs["initial"] = first
        super().__init__(*args, **kwargs)
        self.our_people, self.their_people = list(ours), list(theirs)
        _offer(self.fields["ours"], [(one.pk, _of_ours(one)) for one in ours])
        _offer(self.fields["theirs"], [(one.pk, _of_client(one)) for one in theirs])
        latest = today + timedelta(days=MOST_DAYS)
        self.fields["lapses_on"].widget.attrs |= {"min": f"{today}", "max": f"{latest}"}

    def chosen(self) -> dict[str, Any]:
        """What `begin_signing` takes."""
        told = dict(self.cleaned_data)
        told["ours"] = [one for one in self.our_people if str(one.pk) in told["ours"]]
        told["theirs"] = [one for one in self.their_people if str(one.pk) in told["theirs"]]
        return told


class WhoSignsForm(forms.Form):
    """In the room: who signs for the client, where several of its people may."""

    theirs = _signers(_("Who signs for you"))

    def __init__(self, *args: Any, theirs: Sequence[Contact], mine: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(theirs)
        _offer(self.fields["theirs"], [(one.pk, _of_client(one)) for one in theirs], mine.pk)

    def chosen(self) -> list[Contact]:
        """What `begin_signing` takes."""
        return [one for one in self.people if str(one.pk) in self.cleaned_data["theirs"]]


def _of_ours(one: Employee) -> str:
    return _named(one.name, one.position(get_language() or "ru"))


def _of_client(one: Contact) -> str:
    return _named(one.shown_name, one.shown_position)


def _named(name: str, position: str) -> str:
    if not position:
        return name
    keeps = position[1:2].isupper()
    return f"{name}, {position if keeps else position[:1].lower() + position[1:]}"


class AuthorityForm(forms.Form):
    """By what one signs; the agreement on simple signatures, if it was not accepted yet."""

    ground = forms.ChoiceField(
        label=_("I act under"), choices=Ground.choices, widget=forms.RadioSelect
    )
    number = forms.CharField(
        label=_("Number of the power of attorney"), max_length=60, required=False
    )
    issued_on = day_field(_("Its day"), required=False)
    until = day_field(_("Valid until"), required=False)
    accepts = forms.BooleanField(label=_("I accept the agreement"), required=False)

    def __init__(self, *args: Any, signatory: Signatory, agreed: bool, **kwargs: Any) -> None:
        first = {
            "ground": signatory.ground or Ground.CHARTER,
            "number": signatory.ground_number,
            "issued_on": signatory.ground_on,
            "until": signatory.ground_until,
        }
        kwargs["initial"] = first
        super().__init__(*args, **kwargs)
        if agreed:
            del self.fields["accepts"]

    def authority(self) -> Authority:
        """What `ask_signing_code` takes."""
        told = self.cleaned_data
        return Authority(told["ground"], told["number"], told["issued_on"], told["until"])


class SigningCodeForm(forms.Form):
    """The digits of the letter."""

    digits = forms.CharField(
        label=_("Six digits from the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SentForm(forms.Form):
    """By whom a signed original goes, and the number it can be followed by."""

    carrier = forms.CharField(
        label=_("Sent by"),
        max_length=120,
        help_text=_("Post, courier, in person; or the operator: Diadoc, SBIS."),
    )
    tracking = forms.CharField(label=_("Tracking number"), max_length=120, required=False)


class ScanForm(forms.Form):
    """A scan of what was signed by hand."""

    file = forms.FileField(
        label=_("Scan (PDF, JPG, PNG)"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class ExchangeForm(forms.Form):
    """The archive an operator gives."""

    file = forms.FileField(
        label=_("Archive from the operator (ZIP)"),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=_("With the document, the signatures (.sig) and the power of attorney (XML)."),
    )
