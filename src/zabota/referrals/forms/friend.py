"""What whoever came leaves of themselves."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from zabota.referrals.actions.receive import Friend
from zabota.referrals.actions.sheets import LONGEST_ANSWER
from zabota.referrals.models import Shares, Sheet, Tool, Wish
from zabota.tickets.pages.reached import ReachedField

PARTS = (
    ("any", pgettext_lazy("part of a day", "At any time")),
    ("morning", pgettext_lazy("part of a day", "Before noon")),
    ("midday", pgettext_lazy("part of a day", "Before three in the afternoon")),
    ("evening", pgettext_lazy("part of a day", "Towards the end of the day")),
)
TOOLS = {Tool.QR, Tool.PAPER, Tool.LETTER}


class FriendForm(forms.Form):
    """Who they are, how and when they wish to hear from us, what they agree to. With a joint
    questionnaire they may answer it and leave nothing else.
    """

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    company = forms.CharField(
        label=gettext_lazy("Company"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What you need"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wish = forms.ChoiceField(
        label=gettext_lazy("When to get in touch"),
        choices=Wish.choices,
        widget=forms.RadioSelect,
        initial=Wish.SOON,
    )
    day = forms.DateField(
        label=gettext_lazy("The day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Time of that day"), choices=PARTS, required=False, initial="any"
    )
    shares = forms.ChoiceField(
        label=gettext_lazy("What may whoever recommended us see of how it goes on?"),
        choices=Shares.choices,
        widget=forms.RadioSelect,
        initial=Shares.NOTHING,
        help_text=gettext_lazy(
            "If you buy, they are thanked without your name. If they sent nobody else to us, they"
            " may guess."
        ),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy(
            "I agree that you keep what I write here and use it to get in touch with me about this"
        ),
        error_messages={"required": gettext_lazy("Without your consent we may not keep this.")},
    )
    news = forms.BooleanField(
        label=gettext_lazy("I also agree to letters about news, a few in a year"), required=False
    )

    def __init__(self, sheet: Sheet | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.fields["reached"] = ReachedField("either", required=sheet is None)
        asked = []
        if sheet is not None:
            asked = self._ask(sheet)
            for name in ("name", "agreed"):
                self.fields[name].required = False
        self.order_fields(
            [*asked, "name", "reached", "company", "words", "wish", "day", "part", "shares",
             "agreed", "news"]
        )  # fmt: skip

    def _ask(self, sheet: Sheet) -> list[str]:
        """A field for each question of the other half, and whether it may be read."""
        asked = []
        for place, question in enumerate(sheet.edition.questions("needed", get_language() or "ru")):
            name = f"needed_{place}"
            self.fields[name] = forms.CharField(
                label=question,
                max_length=LONGEST_ANSWER,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            asked.append(name)
        self.fields["shown"] = forms.BooleanField(
            label=_("Whoever recommended us may read my answers"), required=False
        )
        return [*asked, "shown"]

    def clean(self) -> dict[str, Any]:
        """A day is needed where one is wished for; whoever leaves a number says who they are."""
        found = super().clean() or {}
        if found.get("wish") == Wish.DAY and not found.get("day") and "day" not in self.errors:
            self.add_error("day", _("Please choose the day."))
        if self.sheet is None:
            return found
        if self.leaves_contact:
            if not found.get("name"):
                self.add_error("name", _("Please say how we call you."))
            if not found.get("agreed"):
                self.add_error("agreed", _("Without your consent we may not keep this."))
        elif not any(self.answers()):
            self.add_error(None, _("Please answer something, or leave how to reach you."))
        return found

    @property
    def leaves_contact(self) -> bool:
        """Whether they left a way to reach them."""
        return bool(self.cleaned_data.get("reached", ("", ""))[1])

    def answers(self) -> list[str]:
        """Their half of the questionnaire."""
        count = len(self.sheet.edition.needed) if self.sheet else 0
        return [self.cleaned_data.get(f"needed_{place}", "") for place in range(count)]

    def friend(self, *, tool: str, device: str) -> Friend:
        """What they left, as the action takes it."""
        told = self.cleaned_data
        day: date | None = told["day"] if told["wish"] == Wish.DAY else None
        return Friend(
            name=told["name"],
            reached_by=told["reached"],
            company=told["company"],
            words=told["words"],
            wish=told["wish"],
            day=day,
            part=told["part"] or "any",
            shares=told["shares"],
            news=told["news"],
            language=get_language() or "ru",
            tool=Tool.SHEET if self.sheet else tool if tool in TOOLS else Tool.LINK,
            device=device,
        )


class SharesForm(forms.Form):
    """What may be read, changed later."""

    shares = forms.ChoiceField(
        label=gettext_lazy("What may whoever recommended us see of how it goes on?"),
        choices=Shares.choices,
        widget=forms.RadioSelect,
    )
