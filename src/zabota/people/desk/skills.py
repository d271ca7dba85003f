"""Skills and places of the firm, and what a colleague knows how to do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.desk.found import found_employee
from zabota.people.forms.fields import LANGUAGES, SkillsChoice, standing_skills
from zabota.people.models import Employee, Place, Skill
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand, may_manage_people


class SkillForm(forms.Form):
    """A skill's names."""

    name_ru = forms.CharField(label=_("What one can do"), max_length=120)
    name_en = forms.CharField(label=_("In English"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("A language"),
        choices=[("", "—"), *LANGUAGES],
        required=False,
        help_text=_("Clients who read it go to whoever has it."),
    )


class PlaceForm(forms.Form):
    """A place's name."""

    name_ru = forms.CharField(label=_("Name of the place"), max_length=120)


class SkillsForm(forms.Form):
    """What a colleague knows how to do."""

    skills = SkillsChoice(label=_("Skills"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].queryset = standing_skills()  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def skill_list(request: StaffRequest) -> HttpResponse:
    """What the firm's people can do, and who can; a new one beside."""
    language = get_language() or "ru"
    have: dict[int, list[Employee]] = {}
    people = Employee.objects.working().select_related("user", "photo").prefetch_related("skills")
    for person in people.order_by("user__name"):
        for skill in person.skills.all():
            have.setdefault(skill.pk, []).append(person)
    rows = [(one, one.name(language), have.get(one.pk, [])) for one in standing_skills()]
    words = {
        "title": gettext("Skills"),
        "new": gettext("New skill"),
        "none": gettext("A kind of request asks for skills and goes to whoever has them."),
        "base": "/desk/skills/",
    }
    return _named(request, SkillForm(typed(request)), rows, words, _set_skill(None))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def place_list(request: StaffRequest) -> HttpResponse:
    """Shops, offices, outlets, and who works there; a new one beside."""
    there: dict[int, list[Employee]] = {}
    people = Employee.objects.working().filter(place__isnull=False)
    for person in people.select_related("user", "photo").order_by("user__name"):
        there.setdefault(person.place_id or 0, []).append(person)
    places = Place.objects.filter(closed_at=None).order_by("name", "pk")
    rows = [(one, one.name, there.get(one.pk, [])) for one in places]
    words = {
        "title": gettext("Places"),
        "new": gettext("New place"),
        "none": gettext("A shop, an office, an outlet: requests and reports are cut by it."),
        "base": "/desk/places/",
    }
    return _named(request, PlaceForm(typed(request)), rows, words, _set_place(None))


type Verb = Callable[[dict[str, Any], StaffRequest], Any]


def _set_skill(skill: Skill | None) -> Verb:
    return lambda given, request: actions.set_skill(skill, **given, by=request.user, at=clock.now())


def _set_place(place: Place | None) -> Verb:
    return lambda given, request: actions.set_place(
        place, given["name_ru"], by=request.user, at=clock.now()
    )


def _named(
    request: StaffRequest, form: forms.Form, rows: list[Any], words: dict[str, str], verb: Verb
) -> HttpResponse:
    valid = request.method == "POST" and form.is_valid()
    if valid and tried(form, lambda: verb(form.cleaned_data, request), "name_ru"):
        messages.success(request, gettext("Saved."))
        return redirect(words["base"])
    manages = may_manage_people(request.user, clock.now())
    context = {"rows": rows, "may_manage": manages, **words}
    return form_page(request, "people/desk/named_list.html", form, context)


def _edit(
    request: StaffRequest, form: forms.Form, title: str, base: str, verb: Verb
) -> HttpResponse:
    demand(may_manage_people(request.user, clock.now()))
    valid = request.method == "POST" and form.is_valid()
    if valid and tried(form, lambda: verb(form.cleaned_data, request), "name_ru"):
        messages.success(request, gettext("Saved."))
        return redirect(base)
    context = {"title": title, "submit": gettext("Save"), "back": base}
    return form_page(request, "people/desk/form.html", form, context)


def _standing[M: Model](model: type[M], pk: int) -> M:
    return get_object_or_404(model, pk=pk, closed_at=None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def skill_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Another name for a skill."""
    skill = _standing(Skill, pk)
    given = {name: getattr(skill, name) for name in SkillForm.base_fields}
    form = SkillForm(typed(request), initial=given)
    title = skill.name(get_language() or "ru")
    return _edit(request, form, title, "/desk/skills/", _set_skill(skill))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def place_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Another name for a place."""
    place = _standing(Place, pk)
    form = PlaceForm(typed(request), initial={"name_ru": place.name})
    return _edit(request, form, place.name, "/desk/places/", _set_place(place))


@require_POST
@staff_page
def skill_close(request: StaffRequest, pk: int) -> HttpResponse:
    """A skill nothing asks for."""
    skill = _standing(Skill, pk)
    return pressed(
        request,
        lambda: actions.close_skill(skill, by=request.user, at=clock.now()),
        gettext("Closed."),
        "skill-list",
    )


@require_POST
@staff_page
def place_close(request: StaffRequest, pk: int) -> HttpResponse:
    """A place where nobody works."""
    place = _standing(Place, pk)
    return pressed(
        request,
        lambda: actions.close_place(place, by=request.user, at=clock.now()),
        gettext("Closed."),
        "place-list",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def employee_skills(request: StaffRequest, pk: int) -> HttpResponse:
    """What a colleague knows how to do."""
    person, at = found_employee(pk), clock.now()
    demand(may_manage_people(request.user, at))
    form = SkillsForm(typed(request), initial={"skills": list(person.skills.all())})
    if request.method == "POST" and form.is_valid():
        skills = list(form.cleaned_data["skills"])
        if tried(form, lambda: actions.set_skills(person, skills, by=request.user, at=at)):
            return redirect("employee", pk)
    context = {
        "title": gettext("Skills: %(name)s") % {"name": person.name},
        "submit": gettext("Save"),
        "back": f"/desk/people/{pk}/",
    }
    return form_page(request, "people/desk/form.html", form, context)
