"""`zabota createowner`: sets up the firm with its ready forms, and its first person."""

import os
from argparse import Namespace
from collections.abc import Callable
from getpass import getpass
from gettext import gettext as _

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation

from zabota.common import clock
from zabota.config.cli.ready import check_tables
from zabota.config.cli.trouble import Trouble
from zabota.contracts.actions import lay_shipped_forms
from zabota.people.actions.firm import found_firm
from zabota.people.refusal import Refused


def run(arguments: Namespace) -> int:
    """Asks for what was not given; the password comes from ZABOTA_PASSWORD or is typed unseen."""
    check_tables()
    firm = arguments.firm or ask(_("Name of the firm: "))
    email = arguments.email or ask(_("Your e-mail: "))
    name = arguments.name or ask(_("Your name: "))
    password = os.environ.get("ZABOTA_PASSWORD") or ask_password()
    with translation.override(arguments.lang):
        try:
            validate_email(email)
            with transaction.atomic():
                at = clock.now()
                found_firm(firm, email, name, password, by=None, at=at, language=arguments.lang)
                laid = len(lay_shipped_forms(by=None, at=at))
        except ValidationError as error:
            raise Trouble(" ".join(error.messages)) from error
        except Refused as refused:
            raise Trouble(str(refused)) from refused
    print(_("Ready contract forms laid, with their approval routes: %(count)d.") % {"count": laid})
    print(_("%(name)s can sign in as %(email)s.") % {"name": name, "email": email})
    return 0


def ask(question: str, read: Callable[[str], str] = input) -> str:
    """What was typed; an end of input instead of an answer is said plainly."""
    try:
        answer = read(question).strip()
    except EOFError:
        answer = ""
    if not answer:
        raise Trouble(_("Nothing was answered. Give --firm, --email, --name and ZABOTA_PASSWORD."))
    return answer


def ask_password() -> str:
    first = ask(_("Password: "), getpass)
    if first != ask(_("The same password again: "), getpass):
        raise Trouble(_("The two passwords differ."))
    return first
