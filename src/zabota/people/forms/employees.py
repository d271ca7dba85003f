"""What is typed about an employee, made into clean values; never saves."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.people.forms.fields import (
    LANGUAGES,
    NAME_HELP,
    DayInput,
    PersonChoice,
    PlaceChoice,
    TeamChoice,
    colleagues,
    currencies,
    name_help,
    standing_places,
)
from zabota.people.models import LEARNED, Employee, Place, PowerKind, Team


class CardForm(forms.Form):
    """An employee's card."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(
        label=_("Name in English"), max_length=200, required=False, help_text=NAME_HELP
    )
    position_ru = forms.CharField(label=_("Position"), max_length=160)
    position_en = forms.CharField(label=_("Position in English"), max_length=160, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    team = TeamChoice(
        label=_("Team"), queryset=Team.objects.none(), empty_label="—", required=False
    )
    lead = PersonChoice(
        label=_("Lead"),
        queryset=Employee.objects.none(),
        empty_label="—",
        required=False,
        help_text=_("Who is asked when a promise is about to break."),
    )
    place = PlaceChoice(
        label=_("Place"), queryset=Place.objects.none(), empty_label="—", required=False
    )
    is_administrator = forms.BooleanField(
        label=_("Administrator"), required=False, help_text=_("Has every power but approving.")
    )
    sees_all = forms.BooleanField(
        label=_("Sees every contract"), required=False, help_text=_("Also those of colleagues.")
    )

    def __init__(self, *args: Any, flags: bool, but: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_en"].help_text = name_help(str(self.initial.get("name", "")))
        self.fields["team"].queryset = Team.objects.filter(closed_at=None).order_by("name_ru")  # type: ignore[attr-defined]
        self.fields["lead"].queryset = colleagues().exclude(pk=but)  # type: ignore[attr-defined]
        self.fields["place"].queryset = standing_places()  # type: ignore[attr-defined]
        if not flags:
            del self.fields["is_administrator"], self.fields["sees_all"]


class HireForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(
        label=_("Name in English"), max_length=200, required=False, help_text=NAME_HELP
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("They sign in by it; the first time with a code from a mail."),
    )
    position_ru = forms.CharField(label=_("Position"), max_length=160)
    position_en = forms.CharField(label=_("Position in English"), max_length=160, required=False)
    team = TeamChoice(
        label=_("Team"), queryset=Team.objects.none(), empty_label="—", required=False
    )
    lead = PersonChoice(
        label=_("Lead"), queryset=Employee.objects.none(), empty_label="—", required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(closed_at=None).order_by("name_ru")  # type: ignore[attr-defined]
        self.fields["lead"].queryset = colleagues()  # type: ignore[attr-defined]


class PhotoForm(forms.Form):
    """A face."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP, up to 5 MB. It is cut square; clients see it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class SpanForm(forms.Form):
    """From a day till a day, both included."""

    first = forms.DateField(label=_("First day"), widget=DayInput)
    last = forms.DateField(label=_("Last day"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day comes before the first."))
        return values

    def span(self, zone: str) -> tuple[dt.datetime, dt.datetime]:
        """From the midnight that begins the first day to the one that ends the last, in a zone."""
        tz = zoneinfo.ZoneInfo(zone)
        after = self.cleaned_data["last"] + dt.timedelta(days=1)
        return (
            dt.datetime.combine(self.cleaned_data["first"], dt.time(), tz),
            dt.datetime.combine(after, dt.time(), tz),
        )


class AbsenceForm(SpanForm):
    """Away."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Only colleagues see it."),
    )


class SubstituteForm(SpanForm):
    """Who stands in."""

    substitute = PersonChoice(
        label=_("Who stands in"), queryset=Employee.objects.none(), empty_label="—"
    )
    kinds = forms.MultipleChoiceField(
        label=_("What is lent"),
        choices=[choice for choice in PowerKind.choices if choice[0] not in LEARNED],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: everything."),
    )
    field_order = ("substitute", "first", "last", "kinds")

    def __init__(self, *args: Any, but: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substitute"].queryset = colleagues().exclude(pk=but)  # type: ignore[attr-defined]


DRILL_HELP = _("Until it is passed, and again when it was too long ago, the power stands still.")
NO_DRILL = pgettext_lazy("drill", "No drill is needed")


class PowerDrillForm(forms.Form):
    """Whether a power works only with a passed drill."""

    requires_drill = forms.ChoiceField(
        label=_("Works only with a passed drill"), required=False, help_text=DRILL_HELP
    )

    def __init__(self, *args: Any, drills: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requires_drill"].choices = [("", NO_DRILL), *drills]  # type: ignore[attr-defined]


class PowerForm(forms.Form):
    """A power to grant."""

    kind = forms.ChoiceField(label=_("Power"), choices=PowerKind.choices)
    concern = forms.ChoiceField(
        label=_("Direction"),
        required=False,
        help_text=_("For approving, and for talking through."),
    )
    limit = forms.DecimalField(
        label=_("Up to a sum"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=2,
        help_text=_("Blank: any sum."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        choices=currencies,
        initial="RUB",
        required=False,
        help_text=_(
            "A contract in another currency is not covered by a sum: it falls to somebody whose"
            " power reaches it, else to the lead."
        ),
    )
    since = forms.DateField(
        label=_("First day"), required=False, widget=DayInput, help_text=_("Blank: at once.")
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput, help_text=_("Blank: for good.")
    )
    requires_drill = forms.ChoiceField(
        label=_("Works only with a passed drill"), required=False, help_text=DRILL_HELP
    )

    def __init__(
        self,
        *args: Any,
        concerns: list[tuple[str, Any]],
        drills: list[tuple[str, str]],
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if drills:
            self.fields["requires_drill"].choices = [("", NO_DRILL), *drills]  # type: ignore[attr-defined]
        else:
            del self.fields["requires_drill"]
        self.fields["concern"].choices = [("", _("Every direction")), *concerns]  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"] or "RUB")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and since < self.today:
            self.add_error("since", gettext("That day is over already."))
        if since and until and until < since:
            self.add_error("until", gettext("The last day comes before the first."))
        return values

    def span(self, zone: str) -> tuple[dt.datetime | None, dt.datetime | None]:
        """From when till when; None for at once and for good."""
        tz = zoneinfo.ZoneInfo(zone)
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return (
            dt.datetime.combine(since, dt.time(), tz) if since and since > self.today else None,
            dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), tz) if until else None,
        )


class DismissForm(forms.Form):
    """Who takes over."""

    heir = PersonChoice(
        label=_("Who takes over"),
        queryset=Employee.objects.none(),
        empty_label="—",
        required=False,
        help_text=_("Blank: their lead, or an administrator."),
    )
    sure = forms.BooleanField(label=_("Access ends at once. I am sure."))

    def __init__(self, *args: Any, but: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = colleagues().exclude(pk=but)  # type: ignore[attr-defined]
