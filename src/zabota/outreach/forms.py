"""What is typed about mailboxes, and where a letter belongs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zabota.outreach.actions.mailboxes import MailboxFields
from zabota.outreach.models import Mailbox, MailboxWay, Security

FOLDER = "INBOX"


class MailboxForm(forms.Form):
    """A mailbox of the firm. A password that was typed once is never shown again."""

    name = forms.CharField(label=_("What we call it"), max_length=100)
    address = forms.EmailField(
        label=_("E-mail address"), max_length=254, help_text=_("Clients’ answers go here.")
    )
    plus = forms.BooleanField(
        label=_("The server takes address+anything as address"),
        required=False,
        initial=True,
        help_text=_("Then an answer is recognised by its address, else by the letter it answers."),
    )
    way = forms.ChoiceField(
        label=_("How letters come"), choices=MailboxWay, widget=forms.RadioSelect,
        initial=MailboxWay.IMAP,
    )  # fmt: skip
    host = forms.CharField(label=_("IMAP server"), max_length=200, required=False)
    port = forms.IntegerField(
        label=_("Port"), min_value=1, max_value=65535, initial=993, required=False
    )
    security = forms.ChoiceField(
        label=_("Protection"), choices=Security, initial=Security.TLS, required=False
    )
    login = forms.CharField(label=_("Login"), max_length=254, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted. Left blank, the one there is stays."),
    )
    secret_env = forms.RegexField(
        r"^[A-Za-z_][A-Za-z0-9_]*$",
        label=_("Or the environment variable that holds it"),
        max_length=60,
        required=False,
    )
    folder = forms.CharField(label=_("Folder"), max_length=200, required=False, initial=FOLDER)

    @staticmethod
    def known(mailbox: Mailbox) -> dict[str, Any]:
        """What the form shows of a mailbox; not the password."""
        names = (
            "name", "address", "plus", "way", "host", "port", "security", "login", "secret_env",
            "folder",
        )  # fmt: skip
        return {name: getattr(mailbox, name) for name in names}

    def fields_typed(self) -> MailboxFields:
        """What was typed, as the action takes it."""
        clean = self.cleaned_data
        return MailboxFields(
            name=clean["name"],
            address=clean["address"],
            plus=clean["plus"],
            way=clean["way"],
            host=clean["host"],
            port=clean["port"] or 993,
            security=clean["security"] or Security.TLS,
            login=clean["login"],
            password=clean["password"],
            secret_env=clean["secret_env"],
            folder=clean["folder"] or FOLDER,
        )
