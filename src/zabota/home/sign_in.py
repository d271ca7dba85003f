"""Signing in and out: staff by password, clients by a mailed code, the demo by one click."""

import os
import time
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import auth, messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.access import CHOSEN, room_viewer
from zabota.clients.actions import give_consent, request_code
from zabota.clients.models import Contact
from zabota.common import clock
from zabota.outreach.actions import send_sign_in_code
from zabota.people.actions import (
    choose_language,
    request_staff_code,
    spend_code,
    spend_link,
)
from zabota.people.middleware import LANGUAGE_COOKIE
from zabota.people.models import SignInCode, User
from zabota.people.pages import safe_path, tried, typed
from zabota.people.rules import employee_of
from zabota.people.sign_in import (
    CAME_BY_CODE,
    CODE_MINUTES,
    CODE_TRIES,
    client_address,
    code_by_token,
    come_back,
    count_try,
    throttled_until,
)

BACKEND = "zabota.people.sign_in.Backend"
ASKED = "sign_in_asked"
SET_OWN_PAGE = "/desk/profile/password/"
# The version of the words beside the button by which a person agrees to the use of their data.
CONSENT_TEXT = "2026-11"
# A known address costs one more insert; every answer takes at least this long, in seconds.
LONGEST_ANSWER = 0.25
# Wrong digits from one place in an hour, whatever the address.
TRIES_PER_PLACE = 60
DEMO_SALT = "zabota.demo"


class EmailForm(forms.Form):
    """Where to send the code."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    """Six digits from a mail."""

    digits = forms.CharField(label=_("Six digits from the mail"), max_length=20)


class StaffSignIn(LoginView):  # type: ignore[misc]
    """Staff, by e-mail and password; allauth does the rest (and second factors, once on)."""

    template_name = "home/sign_in/staff.html"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for name, label in (("login", _("E-mail")), ("password", _("Password"))):
            form.fields[name].label = label
            form.fields[name].help_text = ""
            form.fields[name].widget.attrs.pop("placeholder", None)
        return form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room_sign_in(request: HttpRequest) -> HttpResponse:
    """A client asks for a code; the answer is the same whether the address is known or not."""
    wanted = safe_path(request, request.GET.get("next", ""), "/room/")
    if request.method == "GET" and _may_enter(request):
        return redirect(wanted)
    return _ask_code(request, wanted, staff=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_code(request: HttpRequest) -> HttpResponse:
    """An employee without a password, or who forgot it, asks for a code to set one."""
    return _ask_code(request, SET_OWN_PAGE, staff=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_enter(request: HttpRequest) -> HttpResponse:
    """An employee asks for a code to come in with, and goes on where a mail's link led."""
    wanted = safe_path(request, request.GET.get("next", ""), "/desk/")
    return _ask_code(request, wanted, staff=True)


def _ask_code(request: HttpRequest, wanted: str, *, staff: bool) -> HttpResponse:
    form = EmailForm(typed(request))
    if request.method == "POST" and form.is_valid():
        begun = time.monotonic()
        email = form.cleaned_data["email"].strip().lower()
        ask = request_staff_code if staff else request_code
        at = clock.now()

        def send() -> None:
            code = ask(email, wanted, by=None, at=at, from_address=client_address(request))
            send_sign_in_code(code, by=None, at=at)

        sent = tried(form, send, "email")
        # Also where no other code leaves: one that came before may still be typed.
        request.session[ASKED] = {"email": email, "staff": staff, "again": request.get_full_path()}
        time.sleep(max(0.0, LONGEST_ANSWER - (time.monotonic() - begun)))
        if sent:
            return redirect("staff-sign-in-code" if staff else "room-sign-in-code")
    sets_password = staff and wanted == SET_OWN_PAGE
    context = {"form": form, "staff": staff, "asked": ASKED in request.session}
    context["sets_password"] = sets_password
    status = 422 if form.errors else 200
    return render(request, "home/sign_in/ask.html", context, status=status)


@never_cache
@sensitive_post_parameters("digits")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Six digits: right, one is in; wrong, spent or late, one is told to ask again."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("room-sign-in")
    form = CodeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        code, fault = _try_digits(request, asked["email"], form.cleaned_data["digits"])
        if code is not None:
            return _enter(request, code)
        form.add_error("digits", fault)
    context = {
        "form": form,
        "email": asked["email"],
        "staff": asked["staff"],
        "again": asked.get("again", "/sign-in/password/"),
        "minutes": CODE_MINUTES,
    }
    status = 422 if form.errors else 200
    return render(request, "home/sign_in/code.html", context, status=status)


def _try_digits(request: HttpRequest, email: str, digits: str) -> tuple[SignInCode | None, str]:
    """The code these digits open, else what to say. Tries are counted by the address as it was
    typed, so that the answers are the same whether it is known or not.
    """
    at = clock.now()
    place, address = f"digits-from:{client_address(request)}", f"digits:{email}"
    until = throttled_until(place, TRIES_PER_PLACE, at=at)
    if until is not None:
        words = gettext(
            "From your network %(limit)d wrong codes were typed in an hour; no more are looked at. "
            "Try again after this time: %(until)s."
        )
        return None, words % {"limit": TRIES_PER_PLACE, "until": come_back(until, at=at)}
    if throttled_until(address, CODE_TRIES, at=at) is not None:
        words = gettext(
            "A code may be tried %(limit)d times, and that many tries were made: it does not open "
            "anything any more. Ask for another code."
        )
        return None, words % {"limit": CODE_TRIES}
    code = spend_code(email, digits, by=None, at=at)
    if code is None:
        count_try(place, minutes=60, at=at)
        count_try(address, minutes=CODE_MINUTES, at=at)
    return code, gettext(
        "This code does not fit, or its time is over. Check the digits or ask anew."
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: a page with a button. Looking at it spends nothing; pressing does."""
    at = clock.now()
    if request.method == "POST":
        code = spend_link(token, by=None, at=at)
        if code is not None:
            return _enter(request, code)
    found = code_by_token(token, at=at)
    status = 200 if found is not None else 410
    context = {"found": found, "staff": request.path.startswith("/sign-in/")}
    return render(request, "home/sign_in/link.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out, and to the door one came in by."""
    staff = employee_of(request.user if request.user.is_authenticated else None) is not None
    auth.logout(request)
    return redirect("/sign-in/" if staff else "/room/sign-in/")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Russian or English: kept with the account, or in a cookie before signing in."""
    language = request.POST.get("language", "")
    to = safe_path(request, request.POST.get("next", ""), "/")
    response = redirect(to)
    if language not in ("ru", "en"):
        return response
    user = request.user
    if user.is_authenticated:
        employee = employee_of(user)
        viewer = None if employee else room_viewer(user, request.session.get(CHOSEN))
        stream = employee.stream if employee else viewer.client.stream if viewer else None
        if stream is not None:
            audience = "ours" if employee else "theirs"
            at = clock.now()
            choose_language(user, language, stream=stream, by=user, at=at, audience=audience)
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
    )
    return response


def demo_token(user: int, key: str) -> str:
    """By which a person of the sample firm signs in with one click while it runs."""
    return signing.dumps(user, key=key, salt=DEMO_SALT)


@never_cache
@require_GET
def demo_in(request: HttpRequest, token: str) -> HttpResponse:
    """In by one click: only in a demo, whose key is made anew each time it starts."""
    key = os.environ.get("ZABOTA_DEMO_KEY", "")
    if not key:
        raise Http404
    try:
        user = User.objects.get(pk=signing.loads(token, key=key, salt=DEMO_SALT), is_active=True)
    except (signing.BadSignature, User.DoesNotExist):
        raise Http404 from None
    auth.login(request, user, backend=BACKEND)
    return redirect("/desk/" if employee_of(user) else "/room/")


def _enter(request: HttpRequest, code: SignInCode) -> HttpResponse:
    """Signed in on this device for thirty days; the first time agrees to the use of their data."""
    user, at = code.user, clock.now()
    if Authenticator.objects.filter(user=user).exists():
        # A mailed code must not go round the second factor the account has set.
        messages.error(
            request,
            gettext("This account has a second factor: sign in with the password and with it."),
        )
        return redirect("account_login")
    auth.login(request, user, backend=BACKEND)
    request.session.pop(ASKED, None)
    if employee_of(user) is not None:
        request.session[CAME_BY_CODE] = True
    for contact in Contact.objects.with_access().filter(user=user):
        give_consent(contact, "service", CONSENT_TEXT, "sign-in", by=user, at=at)
    return redirect(safe_path(request, code.next_path, "/"))


def _may_enter(request: HttpRequest) -> bool:
    user = request.user
    return user.is_authenticated and room_viewer(user, None) is not None


urls = [
    path("sign-in/", StaffSignIn.as_view(), name="account_login"),
    path("sign-in/password/", staff_code, name="staff-code"),
    path("sign-in/mail/", staff_enter, name="staff-enter"),
    path("sign-in/code/", sign_in_code, name="staff-sign-in-code"),
    path("sign-in/link/<str:token>/", sign_in_link, name="staff-sign-in-link"),
    path("sign-out/", sign_out, name="sign-out"),
    path("room/sign-in/", room_sign_in, name="room-sign-in"),
    path("room/sign-in/code/", sign_in_code, name="room-sign-in-code"),
    path("room/sign-in/link/<str:token>/", sign_in_link, name="sign-in-link"),
    path("language/", set_language, name="set_language"),
    path("demo/in/<str:token>/", demo_in, name="demo-in"),
]
