"""What the firm types about ways in, made into clean options; never saves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zabota.outreach.actions.gates import GateFields
from zabota.outreach.models import Gate, GateKind
from zabota.people.firm import current_firm
from zabota.people.forms.fields import LANGUAGES
from zabota.tickets.calls import FIELDS, PATH
from zabota.tickets.forms import TypeChoice, kinds_of_requests
from zabota.tickets.models import TicketType
from zabota.tickets.pages.embedded import origin_of

VARIABLE = r"^[A-Za-z_][A-Za-z0-9_]*$"


class GateForm(forms.Form):
    """What each way in has: a name, the kind of request it begins."""

    # What goes to the gate's options, beside the kind.
    OPTIONS: tuple[str, ...] = ()

    name = forms.CharField(label=_("What we call it"), max_length=100)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    kind = TypeChoice(
        label=_("It begins a request of this kind"),
        queryset=TicketType.objects.none(),
        empty_label="—",
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].queryset = kinds_of_requests()  # type: ignore[attr-defined]
        self.fields["language"].initial = current_firm().language

    @classmethod
    def known(cls, gate: Gate) -> dict[str, Any]:
        """What the form shows of a gate; not its token."""
        consent = gate.consents.order_by("-pk").first()
        known = {name: gate.options.get(name) for name in cls.OPTIONS}
        known["sites"] = "\n".join(gate.options.get("sites") or [])
        return {
            **known,
            "name": gate.name,
            "language": gate.language,
            "kind": gate.options.get("kind"),
            "consent": consent.text if consent else "",
            "secret_env": gate.secret_env,
        }

    def fields_typed(self) -> GateFields:
        """What was typed, as the action takes it."""
        clean = self.cleaned_data
        options = {name: clean[name] for name in self.OPTIONS} | {"kind": clean["kind"].pk}
        typed = GateFields(name=clean["name"], options=options)
        for name in ("language", "token", "secret_env", "consent"):
            if name in clean:
                typed[name] = clean[name]
        return typed


class SiteForm(GateForm):
    """What stands on a site: where, and what people agree to there."""

    OPTIONS: tuple[str, ...] = ("sites",)

    sites = forms.CharField(
        label=_("On which sites it stands"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on a line: https://www.example.ru. No other site can show it."),
    )
    consent = forms.CharField(
        label=_("What people agree to"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Stands beside a box to be ticked; left blank, there is none. Which wording each person"
            " agreed to is kept with its date."
        ),
    )

    def clean_sites(self) -> list[str]:
        """Sites as a browser compares them."""
        lines = [line for line in self.cleaned_data["sites"].splitlines() if line.strip()]
        origins = [origin_of(line) for line in lines]
        for line, origin in zip(lines, origins, strict=True):
            if not origin:
                raise forms.ValidationError(_now("This is no address of a site: %s") % line.strip())
        return list(dict.fromkeys(origins))


class AskGateForm(SiteForm):
    """A form on a site."""

    OPTIONS = ("sites", "asks", "file")

    name = forms.CharField(
        label=_("What we call it"),
        max_length=100,
        help_text=_("Clients read it, too: it stands in the title of what they send by a form."),
    )
    asks = forms.ChoiceField(
        label=_("How people are reached"),
        choices=[
            ("either", _("E-mail or phone, as they like")),
            ("email", _("By e-mail")),
            ("phone", _("By phone")),
        ],
    )
    file = forms.BooleanField(label=_("A file may be added"), required=False)
    field_order = ("name", "language", "kind", "sites", "asks", "file", "consent")


class ChatGateForm(SiteForm):
    """A chat on a site."""

    OPTIONS = ("sites", "file")

    file = forms.BooleanField(label=_("A file may be added"), required=False)
    field_order = ("name", "language", "kind", "sites", "file", "consent")


class TelegramGateForm(GateForm):
    """A bot. A token that was typed once is never shown again."""

    OPTIONS = ("bot", "api", "webhook")

    bot = forms.RegexField(
        r"^@?[A-Za-z][A-Za-z0-9_]{3,31}$",
        label=_("Name of the bot"),
        help_text=_("As BotFather gave it, for links: svet_bot."),
    )
    token = forms.CharField(
        label=_("The bot’s token"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted. Left blank, the one there is stays."),
    )
    secret_env = forms.RegexField(
        VARIABLE,
        label=_("Or the environment variable that holds it"),
        max_length=60,
        required=False,
    )
    api = forms.URLField(
        label=_("Another server of the Bot API"),
        required=False,
        assume_scheme="https",
        help_text=_("Left blank: api.telegram.org."),
    )

    webhook = forms.BooleanField(
        label=_("Telegram tells us by itself (webhook)"),
        required=False,
        help_text=_(
            "We have to be reached from outside then. Unticked, we ask it again and again."
        ),
    )

    def clean_webhook(self) -> bool:
        """A server that is not ours calls by HTTPS only."""
        wanted = bool(self.cleaned_data["webhook"])
        if wanted and not self.data.get("api") and not settings.BASE_URL.startswith("https://"):
            raise forms.ValidationError(
                _now("Telegram calls addresses that begin with https:// only; ours is %s.")
                % settings.BASE_URL
            )
        return wanted

    def clean_bot(self) -> str:
        """Without the sign before it."""
        return str(self.cleaned_data["bot"]).lstrip("@")


class PhoneGateForm(GateForm):
    """A telephone exchange: how its notices are read, and how soon a missed call is answered."""

    OPTIONS = ("minutes", *FIELDS)

    minutes = forms.IntegerField(
        label=_("Call back within, working minutes"), min_value=1, max_value=10_000, initial=30
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        del self.fields["language"]
        for name, one in FIELDS.items():
            if one.words:
                self.fields[name] = forms.CharField(
                    label=one.label, max_length=200, required=one.needed, initial=one.usual,
                    help_text=one.help,
                )  # fmt: skip
            else:
                self.fields[name] = forms.RegexField(
                    PATH, label=one.label, max_length=100, required=one.needed, initial=one.usual,
                    help_text=one.help,
                )  # fmt: skip


FORMS: dict[str, type[GateForm]] = {
    GateKind.FORM: AskGateForm,
    GateKind.CHAT: ChatGateForm,
    GateKind.TELEGRAM: TelegramGateForm,
    GateKind.PHONE: PhoneGateForm,
}
