"""What is typed when a contract is signed: who signs how, one's authority, the code, a reason."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Contact
from zabota.contracts.actions.signing import Authority
from zabota.contracts.actions.signing.begin import MOST_DAYS, MOST_SIGNERS, USUAL_DAYS
from zabota.contracts.models import Ground, Order, Signatory, Way
from zabota.people.models import Employee

DAY = {"type": "date"}
# What is asked of a beginning beside places; how a place is called: by the account it is of.
ASKED, PLACE = ("way", "ours", "theirs", "order", "lapses_on"), "place_"


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
        for people in (self.our_people, self.their_people):
            _offer_places(self, people)
        latest = today + timedelta(days=MOST_DAYS)
        self.fields["lapses_on"].widget.attrs |= {"min": f"{today}", "max": f"{latest}"}

    def chosen(self) -> dict[str, Any]:
        """What `begin_signing` takes."""
        told = dict(self.cleaned_data)
        told["ours"] = [one for one in self.our_people if str(one.pk) in told["ours"]]
        told["theirs"] = [one for one in self.their_people if str(one.pk) in told["theirs"]]
        return {name: told[name] for name in ASKED} | {"places": _places(told)}

    def places(self) -> list[forms.BoundField]:
        """Who signs after whom, where a side has several to choose from."""
        return [self[name] for name in self.fields if name.startswith(PLACE)]


class WhoSignsForm(forms.Form):
    """In the room: who signs for the client, where several of its people may."""

    theirs = _signers(_("Who signs for you"))

    def __init__(self, *args: Any, theirs: Sequence[Contact], mine: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(theirs)
        _offer(self.fields["theirs"], [(one.pk, _of_client(one)) for one in theirs], mine.pk)
        _offer_places(self, self.people)

    def chosen(self) -> dict[str, Any]:
        """What `begin_signing` takes."""
        told = self.cleaned_data
        theirs = [one for one in self.people if str(one.pk) in told["theirs"]]
        return {"theirs": theirs, "places": _places(told)}

    def places(self) -> list[forms.BoundField]:
        """Who signs after whom."""
        return [self[name] for name in self.fields if name.startswith(PLACE)]


class PassSignatureForm(forms.Form):
    """Who signs instead."""

    to = forms.ChoiceField(label=_("Who signs instead"))

    def __init__(self, *args: Any, people: Sequence[Employee | Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (pk, _of_ours(one) if isinstance(one, Employee) else _of_client(one))
            for pk, one in self.people.items()
        ]

    def chosen(self) -> Employee | Contact:
        """What `pass_signature` takes."""
        return self.people[self.cleaned_data["to"]]


def _offer_places(form: forms.Form, people: Sequence[Employee | Contact]) -> None:
    """A number for each: the same is asked at the same time, the next when all before signed."""
    if len(people) < 2:
        return
    numbers = [(number, str(number)) for number in range(1, min(len(people), MOST_SIGNERS) + 1)]
    for one in people:
        name = one.name if isinstance(one, Employee) else one.shown_name
        form.fields[f"{PLACE}{one.user_id}"] = forms.TypedChoiceField(
            label=name, choices=numbers, coerce=int, initial=1, required=False
        )


def _places(told: dict[str, Any]) -> dict[int, int]:
    return {
        int(name.removeprefix(PLACE)): number or 1
        for name, number in told.items()
        if name.startswith(PLACE)
    }


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
