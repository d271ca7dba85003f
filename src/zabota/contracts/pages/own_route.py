"""The client's own short route: a colleague looks by link. Nothing of it reaches us."""

from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact
from zabota.common import clock
from zabota.common.sending import private
from zabota.contracts.actions.own_route import (
    MOST_WORDS,
    TooManyAsked,
    TooSoon,
    answer_colleague,
    ask_colleague,
    find_step,
    open_step,
    promise_own_answer,
    remind_colleague,
    withdraw_colleague,
)
from zabota.contracts.models import Contract, ContractState, OwnStep
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import frame, text_name
from zabota.contracts.reading.compared import read_comparison
from zabota.contracts.reading.texts import look_texts
from zabota.contracts.rules import EDITING_ROLES
from zabota.people.actions.throttle import count_try
from zabota.people.sign_in import client_address
from zabota.people.throttle import is_throttled

MOST_TRIES, MOST_ANSWERS, WINDOW = 30, 20, 15


class Lines(forms.CharField):
    """Several lines; a browser counts a line's end as one character, and sends two."""

    def to_python(self, value: str | None) -> str:
        """The text with ends of lines as they were counted."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class AskForm(forms.Form):
    """Whom to ask, about what, by when."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    role = forms.CharField(
        label=gettext_lazy("Who it is"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: our lawyer"),
    )
    asked = Lines(
        label=gettext_lazy("What you ask"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(
        label=gettext_lazy("By when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self) -> date | None:
        """A day that is over cannot be kept to."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < today():
            raise forms.ValidationError(_("This day is over already."))
        return day


class DueForm(forms.Form):
    """By when the client's side promises to answer."""

    day = forms.DateField(
        label=gettext_lazy("We promise to answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_day(self) -> date:
        """Today or later."""
        day: date = self.cleaned_data["day"]
        if day < today():
            raise forms.ValidationError(_("This day is over already."))
        return day


class AnswerForm(forms.Form):
    """What a colleague says: agrees, or what they object to."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What you think"),
        choices=[("agree", gettext_lazy("I agree")), ("object", gettext_lazy("I have objections"))],
        widget=forms.RadioSelect,
    )
    words = Lines(
        label=gettext_lazy("In your words"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, object]:
        """Objections without words help nobody."""
        found = super().clean() or {}
        if found.get("verdict") == "object" and not str(found.get("words", "")).strip():
            self.add_error("words", _("Please say what you object to."))
        return found


def today() -> date:
    """The reader's day."""
    return timezone.localtime(clock.now()).date()


@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the client's side has the text, since when, what they said; asking one more."""
    place = find_own(request, pk)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            ask_colleague(place.contract, **told, by=place.viewer, at=clock.now())
        except TooManyAsked as many:
            form.add_error(
                None, _("At most %(limit)d colleagues can be asked.") % {"limit": many.limit}
            )
        else:
            messages.success(request, _("A letter with the link goes to %(name)s.") % told)
            return redirect(f"{place.base}/own/")
    return _own(request, place, form, DueForm())


@require_POST
def due_page(request: HttpRequest, pk: int) -> HttpResponse:
    """«Обещаем ответить к …»: the one thing of this page that we see."""
    place = find_own(request, pk)
    form = DueForm(request.POST)
    if not form.is_valid():
        return _own(request, place, AskForm(), form)
    promise_own_answer(place.contract, form.cleaned_data["day"], by=place.viewer, at=clock.now())
    messages.success(request, _("Your promise is noted; we see it, too."))
    return redirect(f"{place.base}/own/")


@require_POST
def remind_page(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """One more letter to a colleague."""
    place = find_own(request, pk)
    step = _step(place, step_pk)
    try:
        remind_colleague(step, by=place.viewer, at=clock.now())
    except TooSoon:
        messages.info(request, _("A letter went less than an hour ago."))
    else:
        messages.success(request, _("Reminded: %(name)s") % {"name": step.name})
    return redirect(f"{place.base}/own/")


@require_POST
def withdraw_page(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """The link opens nothing any more."""
    place = find_own(request, pk)
    step = withdraw_colleague(_step(place, step_pk), by=place.viewer, at=clock.now())
    messages.success(request, _("The link is closed: %(name)s") % {"name": step.name})
    return redirect(f"{place.base}/own/")


@require_http_methods(["GET", "HEAD", "POST"])
def look_page(request: HttpRequest, token: str) -> HttpResponse:
    """The text for a colleague without an account, and what they think of it. The link is all it
    takes, so the page shows the text and nothing else."""
    at = clock.now()
    step = _step_of(request, token, at)
    contract = step.contract
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=_said(step))
    key = f"own-answer:{step.pk}"
    if request.method == "POST" and is_throttled(key, MOST_ANSWERS, at=at):
        form.add_error(None, _("Too many tries. Please wait a quarter of an hour."))
    elif request.method == "POST" and form.is_valid():
        count_try(key, minutes=WINDOW, at=at)
        agrees = form.cleaned_data["verdict"] == "agree"
        answer_colleague(step, by=None, at=at, agrees=agrees, words=form.cleaned_data["words"])
        messages.success(
            request, _("Thank you. %(name)s has your answer.") % {"name": step.asked_by}
        )
        return _unseen(redirect(request.path))
    if request.method == "GET":
        open_step(token, by=None, at=at)
    return _unseen(_look(request, contract, step, form))


def _look(
    request: HttpRequest, contract: Contract, step: OwnStep, form: AnswerForm
) -> HttpResponse:
    firm = request.firm  # type: ignore[attr-defined]
    old, new = look_texts(contract, firm)
    context = {
        "step": step,
        "contract": contract,
        "case": contract.case,
        "form": form,
        "firm": firm,
        "before": text_name(old),
        "after": _("The text now"),
        "found": read_comparison(contract, old, new, beside=False),
    }
    status = 422 if form.errors else 200
    return render(request, "contracts/own_route/look.html", context, status=status)


def _step_of(request: HttpRequest, token: str, at: datetime) -> OwnStep:
    """Whose link it is; who guesses soon finds nothing at all."""
    key = f"own-look:{client_address(request)}"
    if is_throttled(key, MOST_TRIES, at=at):
        raise Http404
    step = find_step(token)
    if step is None:
        count_try(key, minutes=WINDOW, at=at)
        raise Http404
    return step


def _said(step: OwnStep) -> dict[str, str]:
    if step.agrees is None:
        return {}
    return {"verdict": "agree" if step.agrees else "object", "words": step.words}


def _unseen[R: HttpResponse](response: R) -> R:
    """No search engine keeps it, no other site learns the address.

    `no-referrer` would also hide the origin of the answer, and the browser's own post be refused.
    """
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return private(response)


def find_own(request: HttpRequest, pk: int) -> Place:
    """The contract for whoever of the client may work on it; nobody else has this page."""
    place = find_place(request, pk)
    if not place.in_room or place.viewer.read_only:
        raise Http404
    if request.method not in ("GET", "HEAD") and not _may_ask(place):
        raise PermissionDenied
    return place


def _may_ask(place: Place) -> bool:
    viewer = place.viewer
    editing = isinstance(viewer, RoomViewer) and viewer.contact.role in EDITING_ROLES
    return editing and place.contract.case.state != ContractState.WITHDRAWN


def _step(place: Place, pk: int) -> OwnStep:
    step = place.contract.own_steps.filter(pk=pk).first()
    if step is None:
        raise Http404
    return step


def _own(request: HttpRequest, place: Place, form: AskForm, due: DueForm) -> HttpResponse:
    contract = place.contract
    turn = contract.client_turn
    context = frame(place) | {
        "form": form,
        "due_form": due,
        "may_ask": _may_ask(place),
        "steps": contract.own_steps.select_related("asked_by").order_by("withdrawn_at", "-pk"),
        "colleagues": _colleagues(contract),
        "turn": turn if turn is not None and turn.settled_at is None else None,
        "today": today(),
    }
    status = 422 if form.errors or due.errors else 200
    return private(render(request, "contracts/own_route/own.html", context, status=status))


def _colleagues(contract: Contract) -> list[Contact]:
    """Whoever of the client already comes into the room need not be asked by link."""
    people = Contact.objects.with_access().of_whole(contract.case.client_id)
    return list(people.order_by("name")[:10])
