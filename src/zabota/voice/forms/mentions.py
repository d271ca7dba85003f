"""What is typed about a mention: a link, what was heard, thanks."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.people.forms.fields import PlaceChoice, standing_places
from zabota.people.models import Place
from zabota.voice.actions.note import Where
from zabota.voice.gathering.found import (
    BEST,
    LONGEST_LINK,
    LONGEST_TEXT,
    Found,
    many_lines,
    one_line,
)
from zabota.voice.gathering.links import is_link
from zabota.voice.models import Aside, Mention, PlaceKind, Thanks, Way

MARKS = [("", _("none given")), *((str(mark), str(mark)) for mark in range(BEST, 0, -1))]
WRITTEN = [(kind, label) for kind, label in PlaceKind.choices if kind != PlaceKind.HEARD]


class DayInput(forms.DateInput):
    """A day by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LinkForm(forms.Form):
    """Something written: where it stands and its words. Blank words are read from the page."""

    link = forms.CharField(
        label=_("Link"), max_length=LONGEST_LINK, required=False,
        help_text=_("To the review itself, if the site has such a link."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What was written"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Left blank, it is read from the page. What is here is kept: pages vanish."),
    )  # fmt: skip
    author = forms.CharField(label=_("Who wrote"), max_length=200, required=False)
    author_link = forms.CharField(label=_("Link to the author"), max_length=500, required=False)
    place_kind = forms.ChoiceField(
        label=_("What kind of place"), choices=[("", _("by the link")), *WRITTEN], required=False
    )
    rating = forms.TypedChoiceField(
        label=_("Mark they gave"), choices=MARKS, coerce=int, empty_value=None, required=False,
        help_text=_("It is kept for reports and changes nothing in how we thank."),
    )  # fmt: skip
    day = forms.DateField(label=_("When it was written"), required=False, widget=DayInput())

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"]).strip()
        if link and "://" not in link:
            link = f"https://{link}"
        if link and not is_link(link):
            raise forms.ValidationError(_("This is not a link to a page."))
        return link

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if "link" in clean and not clean["link"] and not clean.get("text"):
            self.add_error("link", _("Give the link, or what was written."))
        return clean

    @staticmethod
    def known(found: Found, place_kind: str = "") -> dict[str, Any]:
        """What the form shows of what was read."""
        zone = timezone.get_current_timezone()
        return {
            "link": found.link, "text": found.text, "author": found.author,
            "author_link": found.author_link, "place_kind": place_kind,
            "rating": "" if found.rating is None else found.rating,
            "day": found.written_at.astimezone(zone).date() if found.written_at else None,
        }  # fmt: skip

    @staticmethod
    def of(mention: Mention) -> dict[str, Any]:
        """The same of one there is."""
        found = Found(
            text=mention.text, link=mention.link, author=mention.author,
            author_link=mention.author_link, rating=mention.rating,
            written_at=mention.written_at,
        )  # fmt: skip
        return LinkForm.known(found, mention.place_kind)

    def found(self) -> Found:
        """What was typed, as it is kept."""
        clean = self.cleaned_data
        return Found(
            text=many_lines(clean["text"]), link=clean["link"], author=one_line(clean["author"]),
            author_link=clean["author_link"].strip(), rating=clean["rating"],
            written_at=noon_of(clean["day"]),
        )  # fmt: skip


class HeardForm(forms.Form):
    """Something heard: the words are enough."""

    text = forms.CharField(
        label=_("What did you hear?"), max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
    )  # fmt: skip
    where = forms.CharField(
        label=_("Where"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("In the park, in a queue, on a train")}),
    )
    said_at = PlaceChoice(
        label=_("In which shop or office"), queryset=Place.objects.none(), required=False,
        empty_label=pgettext_lazy("place of a mention", "in none of ours"),
    )  # fmt: skip
    author = forms.CharField(
        label=_("Who said it"),
        max_length=200,
        required=False,
        help_text=_("A name, if they gave one."),
    )
    thanked = forms.BooleanField(label=_("I have thanked them already"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = standing_places()
        self.fields["said_at"].queryset = places  # type: ignore[attr-defined]
        if not places.exists():
            del self.fields["said_at"]

    def found(self) -> Found:
        """What was typed, as it is kept."""
        clean = self.cleaned_data
        return Found(text=many_lines(clean["text"]), author=one_line(clean["author"]))

    def place(self) -> Where:
        """Where it was said."""
        said_at = self.cleaned_data.get("said_at")
        named = one_line(self.cleaned_data["where"], 120) or (said_at.name if said_at else "")
        return Where(Way.HEARD, PlaceKind.HEARD, named, said_at=said_at)


class ThanksForm(forms.Form):
    """In which words and by which way somebody was thanked."""

    words = forms.CharField(
        label=_("Words of thanks"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How"), choices=Thanks.choices, widget=forms.RadioSelect, initial=Thanks.PUBLIC
    )
    answer_link = forms.CharField(
        label=_("Link to our answer"), max_length=LONGEST_LINK, required=False,
        help_text=_("If the place gives one."),
    )  # fmt: skip

    def __init__(self, ways: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(way, label) for way, label in Thanks.choices if way in ways]
        self.fields["how"].choices = shown  # type: ignore[attr-defined]
        # What is said aloud needs no words here.
        self.fields["words"].required = ways[0] != Thanks.ALOUD


class AsideForm(forms.Form):
    """Why nobody is to be thanked."""

    why = forms.ChoiceField(
        label=pgettext_lazy("mention", "Why"), choices=Aside.choices, widget=forms.RadioSelect
    )


def noon_of(day: Any) -> datetime | None:
    """A day as the moment it is kept by."""
    if day is None:
        return None
    local = datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
    return local.astimezone(UTC)
