"""What the firm sets about points, as it is typed; never saves."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.cases.forms import SumField
from zabota.loyalty.actions.rewards import RewardFields
from zabota.loyalty.actions.units import RuleFields, TierFields, UnitFields
from zabota.loyalty.models import BY_RULE, Occasion, RewardKind, Tier, Unit
from zabota.people.models import Place

if TYPE_CHECKING:
    type_unit = forms.ModelChoiceField[Unit]
    type_tier = forms.ModelChoiceField[Tier]
    type_place = forms.ModelChoiceField[Place]
else:
    type_unit = type_tier = type_place = forms.ModelChoiceField

DAY = {"type": "date"}


class UnitChoice(type_unit):
    """A unit by its name."""

    def label_from_instance(self, unit: Unit) -> str:
        return unit.name(get_language() or "ru")


class TierChoice(type_tier):
    """A tier by its name."""

    def label_from_instance(self, tier: Tier) -> str:
        return tier.name(get_language() or "ru")


class PlaceChoice(type_place):
    """A place by its name."""

    def label_from_instance(self, place: Place) -> str:
        return place.name


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, picked."""
    return forms.DateField(label=label, widget=forms.DateInput(DAY, format="%Y-%m-%d"), **more)


def sum_field(label: Any, **more: Any) -> SumField:
    """A sum in roubles."""
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return SumField(label=label, max_digits=12, decimal_places=2, widget=widget, **more)


def words_field(label: Any, **more: Any) -> forms.CharField:
    """A sentence or two."""
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=1000, widget=area, **more)


class UnitForm(forms.Form):
    """What clients collect."""

    name_ru = forms.CharField(label=_("Name in Russian"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    one_ru = forms.CharField(label=_("1 … (балл)"), max_length=60)
    few_ru = forms.CharField(label=_("2 … (балла)"), max_length=60)
    many_ru = forms.CharField(label=_("5 … (баллов)"), max_length=60)
    one_en = forms.CharField(label=_("1 … (point)"), max_length=60)
    many_en = forms.CharField(label=_("2 … (points)"), max_length=60)
    pays = sum_field(
        _("One pays at the till, ₽"), required=False, min_value=0,
        help_text=_("Blank: it buys rewards only."),
    )  # fmt: skip
    pays_share = forms.IntegerField(
        label=_("At most this share of a receipt, %"), min_value=1, max_value=100, initial=100
    )

    def kept(self) -> UnitFields:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        given["pays"] = given["pays"] or None
        return cast(UnitFields, given)


class TierForm(forms.Form):
    """A tier of clients."""

    name_ru = forms.CharField(label=_("Name in Russian"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    least = sum_field(
        _("Worth of a year from, ₽"),
        min_value=0,
        help_text=_("Only colleagues see the sum; clients read the name."),
    )

    def kept(self) -> TierFields:
        """As the action takes it."""
        return cast(TierFields, dict(self.cleaned_data))


class RuleForm(forms.Form):
    """By what points are earned."""

    occasion = forms.ChoiceField(
        label=pgettext_lazy("points", "For what"),
        choices=[(one, Occasion(one).label) for one in BY_RULE],
    )
    unit = UnitChoice(
        label=pgettext_lazy("points", "What"), queryset=Unit.objects.none(), empty_label=None
    )
    rate = sum_field(
        _("For each 100 ₽ of a purchase"), required=False, help_text=_("Or a number below.")
    )
    amount = forms.IntegerField(
        label=pgettext_lazy("points", "So many each time"), required=False, min_value=1,
        max_value=10**6,
    )  # fmt: skip
    least = sum_field(_("From a purchase of, ₽"), required=False, min_value=0)
    place = PlaceChoice(
        label=_("Only at"), queryset=Place.objects.none(), required=False,
        empty_label=_("all places"),
    )  # fmt: skip
    tier = TierChoice(
        label=_("Only for"), queryset=Tier.objects.none(), required=False,
        empty_label=_("all clients"),
    )  # fmt: skip
    from_day = day_field(_("From the day"))
    until_day = day_field(_("To the day"), required=False)
    may_owe = forms.BooleanField(
        label=_("Points of returned goods are taken back though they were spent"),
        required=False,
        help_text=_("The client may then owe points; what is earned next settles it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_use()  # type: ignore[attr-defined]
        self.fields["place"].queryset = Place.objects.filter(closed_at=None).order_by("name")  # type: ignore[attr-defined]
        self.fields["tier"].queryset = Tier.objects.filter(closed_at=None).order_by("least")  # type: ignore[attr-defined]

    def kept(self) -> RuleFields:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        given["rate"], given["least"] = given["rate"] or None, given["least"] or 0
        return cast(RuleFields, given)


class RewardForm(forms.Form):
    """Something for points."""

    kind = forms.ChoiceField(label=pgettext_lazy("reward", "Kind"), choices=RewardKind.choices)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    words_ru = words_field(_("What it is, in Russian"), required=False)
    words_en = words_field(_("What it is, in English"), required=False)
    after_ru = words_field(
        _("Told to whoever took it, in Russian"), required=False,
        help_text=_("How to get it; of an early offer, the way to it."),
    )  # fmt: skip
    after_en = words_field(_("Told to whoever took it, in English"), required=False)
    unit = UnitChoice(
        label=pgettext_lazy("points", "What"), queryset=Unit.objects.none(), empty_label=None
    )
    price = forms.IntegerField(
        label=pgettext_lazy("reward", "How many it costs"), min_value=1, max_value=10**9
    )
    stock = forms.IntegerField(
        label=_("How many there are"), required=False, min_value=0, max_value=10**6,
        help_text=_("Blank: as many as are wanted. What is out of stock is not shown."),
    )  # fmt: skip
    from_day = day_field(_("Shown from the day"))
    until_day = day_field(_("Shown to the day"), required=False)
    early_tier = TierChoice(
        label=_("Sooner for"), queryset=Tier.objects.none(), required=False, empty_label="—"
    )
    early_day = day_field(_("Sooner from the day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_use()  # type: ignore[attr-defined]
        self.fields["early_tier"].queryset = Tier.objects.filter(closed_at=None)  # type: ignore[attr-defined]

    def kept(self) -> RewardFields:
        """As the action takes it."""
        return cast(RewardFields, dict(self.cleaned_data))


class ExpiryForm(forms.Form):
    """From now on new points end."""

    months = forms.IntegerField(
        label=_("New points last, months"), min_value=1, max_value=120, initial=24
    )
    notices = forms.IntegerField(
        label=_("Told beforehand, times"), min_value=1, max_value=12, initial=2
    )
    lead_days = forms.IntegerField(
        label=_("The first time so many days before"), min_value=1, max_value=365, initial=60
    )
    reason_ru = words_field(_("Why, in Russian"), help_text=_("Clients read it."))
    reason_en = words_field(_("Why, in English"), required=False)
