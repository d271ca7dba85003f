"""What is typed about sources of mentions, about tables, about how we thank."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.cases.forms import SumField
from zabota.goodwill.models import Good
from zabota.outreach.forms import MailboxForm
from zabota.people.forms.fields import TeamChoice
from zabota.people.models import Team
from zabota.voice.actions.manners import LONGEST, ReadyFields, RewardFields
from zabota.voice.actions.sources import SourceFields
from zabota.voice.gathering.tables import FIELDS
from zabota.voice.models import Delivery, Manners, PlaceKind, ReadyThanks, Source, SourceKind

COLUMN_NAMES = {
    "text": _("What was written"),
    "title": pgettext_lazy("mention", "Title"),
    "link": _("Link"),
    "author": _("Who wrote"),
    "author_link": _("Link to the author"),
    "rating": _("Mark they gave"),
    "day": _("When it was written"),
    "outer": _("Its number there"),
}
MINUTES_IN_HOUR = 60
DISCOUNT = "discount"


class SourceForm(forms.Form):
    """A source as such: how we call it, and what kind of place it tells of."""

    name = forms.CharField(label=_("What we call it"), max_length=100)
    place_kind = forms.ChoiceField(
        label=_("What kind of place"), choices=PlaceKind.choices, initial=PlaceKind.OTHER,
        help_text=_("Where a link tells it, the link counts."),
    )  # fmt: skip

    @classmethod
    def known(cls, source: Source) -> dict[str, Any]:
        """What the form shows of a source."""
        return {"name": source.name, "place_kind": source.place_kind, "url": source.url}

    def fields_typed(self) -> SourceFields:
        """What was typed, as the action takes it."""
        clean = self.cleaned_data
        fields = SourceFields(name=clean["name"], place_kind=clean["place_kind"])
        if "url" in clean:
            fields["url"] = clean["url"]
        return fields


class FeedForm(SourceForm):
    """A feed by its address."""

    url = forms.CharField(
        label=_("Address of the feed"), max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
        help_text=_("It is read every quarter of an hour, without names and passwords."),
    )  # fmt: skip


class AlertsForm(MailboxForm):
    """A mailbox folder that letters of alerts come to; clients do not write there."""

    place_kind = forms.ChoiceField(
        label=_("What kind of place"), choices=PlaceKind.choices, initial=PlaceKind.OTHER,
        help_text=_("Where a link tells it, the link counts."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("address", "plus", "way"):
            del self.fields[name]
        self.order_fields(["name", "place_kind"])

    @staticmethod
    def known(source: Any) -> dict[str, Any]:
        """What the form shows of a source; not the password."""
        return {**MailboxForm.known(source.mailbox), "place_kind": source.place_kind}

    def fields_typed(self) -> Any:
        """What was typed, as the action takes it."""
        clean = {"address": "", "plus": False, "way": "imap", **self.cleaned_data}
        self.cleaned_data = clean
        mailbox = super().fields_typed()
        return SourceFields(name=clean["name"], place_kind=clean["place_kind"], mailbox=mailbox)


FORMS: dict[str, type[forms.Form]] = {
    SourceKind.FEED: FeedForm,
    SourceKind.ALERTS: AlertsForm,
    SourceKind.HOOK: SourceForm,
    SourceKind.TABLE: SourceForm,
}


class TableForm(forms.Form):
    """Which table."""

    table = forms.FileField(label=_("The table: CSV or XLSX"), allow_empty_file=True)


class ColumnsForm(forms.Form):
    """Which column is what."""

    def __init__(self, delivery: Delivery, head: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heads = [(str(place), name or f"{place + 1}") for place, name in enumerate(head)]
        for key in FIELDS:
            self.fields[key] = forms.ChoiceField(
                label=COLUMN_NAMES[key],
                choices=[("", _("not in the table")), *heads],
                required=False,
                initial=str(delivery.columns.get(key, "")),
            )

    def columns(self) -> dict[str, int]:
        """What was chosen: of each value, in which column it stands."""
        return {key: int(place) for key, place in self.cleaned_data.items() if place}


class MannersForm(forms.Form):
    """How soon we thank, and who does it."""

    hours = forms.IntegerField(
        label=_("Thank within"), min_value=1, max_value=400,
        help_text=_("Working hours since the mention was found."),
    )  # fmt: skip
    team = TeamChoice(
        label=_("Who thanks"), queryset=Team.objects.none(), required=False,
        empty_label=_("whoever found it, else the administrator"),
    )  # fmt: skip
    reward = forms.ChoiceField(
        label=_("What everybody has who was thanked"), required=False,
        help_text=_(
            "The same whatever they wrote, after the thanks, as soon as their author is known. The"
            " words of thanks do not name it."
        ),
    )  # fmt: skip
    percent = forms.IntegerField(
        label=_("A discount of how many percent"), min_value=1, max_value=100, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    most = SumField(
        label=_("Up to which sum"), min_value=Decimal("0.01"), max_digits=18, decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(closed_at=None).order_by("name_ru", "pk")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.goods = {str(one.pk): one for one in Good.objects.filter(closed_at=None)}
        self.fields["reward"].choices = [  # type: ignore[attr-defined]
            ("", _("points, by their own rules")),
            (DISCOUNT, _("a discount")),
            *((key, _left(one)) for key, one in self.goods.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Of a discount both are said."""
        told: dict[str, Any] = super().clean() or {}
        for name in ("percent", "most"):
            if told.get("reward") == DISCOUNT and not told.get(name) and name not in self.errors:
                self.add_error(name, _("Of a discount say both: how many percent, up to what sum."))
        return told

    @staticmethod
    def known(manners: Manners) -> dict[str, Any]:
        """What the form shows."""
        good = str(manners.good_id) if manners.good_id else ""
        return {
            "hours": max(1, manners.minutes // MINUTES_IN_HOUR),
            "team": manners.team_id,
            "reward": DISCOUNT if manners.percent else good,
            "percent": manners.percent,
            "most": manners.most,
        }

    def reward_typed(self) -> RewardFields:
        """As the action takes it; a sum left beside another reward is of no account."""
        clean = self.cleaned_data
        if clean["reward"] == DISCOUNT:
            return RewardFields(percent=clean["percent"], most=clean["most"])
        return RewardFields(good=self.goods.get(clean["reward"]))


def _left(good: Good) -> str:
    return good.name if good.stock is None else f"{good.name} · {good.stock}"


class ReadyForm(forms.Form):
    """Words to begin from."""

    place_kind = forms.ChoiceField(
        label=pgettext_lazy("words of thanks", "Where"),
        choices=[("", _("anywhere")), *PlaceKind.choices],
        required=False,
    )
    for_trouble = forms.BooleanField(label=_("Where trouble is told"), required=False)
    text_ru = forms.CharField(
        label=_("In Russian"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("“{author}” and “{firm}” stand for the names."),
    )  # fmt: skip
    text_en = forms.CharField(
        label=_("In English"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    @staticmethod
    def known(ready: ReadyThanks) -> dict[str, Any]:
        """What the form shows."""
        names = ("place_kind", "for_trouble", "text_ru", "text_en")
        return {name: getattr(ready, name) for name in names}

    def fields_typed(self) -> ReadyFields:
        """What was typed, as the action takes it."""
        clean = self.cleaned_data
        return ReadyFields(
            place_kind=clean["place_kind"], for_trouble=clean["for_trouble"],
            text_ru=clean["text_ru"], text_en=clean["text_en"],
        )  # fmt: skip


def kinds_offered() -> list[tuple[str, str]]:
    """Kinds of sources that can be set up."""
    return [(str(kind), str(SourceKind(kind).label)) for kind in FORMS]


def shown_words(ready: ReadyThanks) -> str:
    """Words of thanks as the reader's language has them."""
    return ready.text(get_language() or "ru")
