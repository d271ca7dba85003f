"""One's own page: language, zone, face, being away; the password; faces as files."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.common.files import read_file
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.desk.employees import circumstances
from zabota.people.forms.accounts import PasswordForm, ProfileForm, QuietForm
from zabota.people.models import Employee
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.sign_in import CAME_BY_CODE

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def profile(request: StaffRequest) -> HttpResponse:
    """How everything is shown to me, when I am away, who stands in for me."""
    at = clock.now()
    me = request.viewer.employee
    form = ProfileForm(
        typed(request),
        initial={"language": request.user.language, "zone": request.user.zone},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if tried(
            form,
            lambda: actions.choose_language(
                request.user, **values, stream=me.stream, by=request.user, at=at
            ),
        ):
            messages.success(request, gettext("Saved."))
            return redirect("profile")
    context = {"employee": me, "position": me.position(request.viewer.language)}
    quiet = {"quiet_from": me.quiet_from, "quiet_to": me.quiet_to}
    context |= circumstances(me, at) | {"quiet_form": QuietForm(initial=quiet)}
    return form_page(request, "people/desk/profile.html", form, context)


@require_POST
@staff_page
def profile_quiet(request: StaffRequest) -> HttpResponse:
    """My own quiet hours; left blank, there are none."""
    form = QuietForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Write hours as 21:00."))
        return redirect("profile")
    hours = form.cleaned_data["quiet_from"], form.cleaned_data["quiet_to"]
    me = request.viewer.employee
    return pressed(
        request,
        lambda: actions.choose_quiet_hours(me, hours, by=request.user, at=clock.now()),
        gettext("Saved."),
        "profile",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def profile_password(request: StaffRequest) -> HttpResponse:
    """A new password; who came in by a mailed code need not know the old one."""
    ask_old = not request.session.get(CAME_BY_CODE, False)
    form = PasswordForm(typed(request), ask_old=ask_old)
    if request.method == "POST" and form.is_valid():
        user, values = request.user, form.cleaned_data
        if ask_old and not user.check_password(values["old"]):
            form.add_error("old", gettext("This is not your password."))
        elif tried(form, lambda: _change(request, values["new"]), "new"):
            messages.success(request, gettext("The password is changed."))
            return redirect("profile")
    context = {
        "title": gettext("Password"),
        "submit": gettext("Change the password"),
        "back": "/desk/profile/",
    }
    return form_page(request, "people/desk/form.html", form, context)


def _change(request: StaffRequest, password: str) -> None:
    user = actions.change_password(
        request.viewer.employee, password, by=request.user, at=clock.now()
    )
    request.session.pop(CAME_BY_CODE, None)
    update_session_auth_hash(request, user)


@require_GET
@login_required
def face(request: HttpRequest, digest: str) -> HttpResponse:
    """The photo of an employee, for whoever is signed in; it never changes under its address."""
    if request.headers.get("If-None-Match") == f'"{digest}"':
        return HttpResponseNotModified()
    employee = Employee.objects.filter(photo__digest=digest).select_related("photo").first()
    if employee is None or employee.photo is None:
        raise Http404
    response = HttpResponse(read_file(employee.photo), content_type=employee.photo.media_type)
    response.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response.headers["ETag"] = f'"{digest}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
