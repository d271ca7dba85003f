"""What pages share: doing a verb from a form or a button, paging by key, going back safely."""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise as LazyText
from django.utils.http import url_has_allowed_host_and_scheme

from zabota.common.ids import row_number
from zabota.people.refusal import Refused

SIZE = 50


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; nothing where a page is only looked at."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.BaseForm, verb: Callable[[], Any], field: str | None = None) -> bool:
    """Do the verb; a refusal becomes an error of the form, and nothing typed is lost.

    `field` is where an error without a field of its own belongs.
    """
    try:
        verb()
    except Refused as refused:
        named = refused.params.get("field", field)
        form.add_error(named if named in form.fields else None, str(refused))
        return False
    except ValidationError as wrong:
        form.add_error(field, list(wrong.messages))
        return False
    return True


def pressed(
    request: HttpRequest, verb: Callable[[], Any], done: str | LazyText, to: str
) -> HttpResponseRedirect:
    """Do the verb of a button and go back; what happened, or why it could not, is said there."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(done))
    return redirect(to)


def form_page(
    request: HttpRequest,
    template: str,
    form: forms.BaseForm,
    context: dict[str, Any],
) -> HttpResponse:
    """A page with one form; with errors it answers 422, so that programs see it too."""
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)


def json_file(data: bytes) -> HttpResponse:
    """Data for a person to take along; kept by no cache."""
    response = HttpResponse(data, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="personal-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


def grouped(form: forms.BaseForm, groups: Iterable[tuple[Any, Sequence[str]]]) -> list[Any]:
    """Fields of a long form under headings."""
    return [(legend, [form[name] for name in names]) for legend, names in groups]


def folded(form: forms.BaseForm, groups: Iterable[tuple[Any, Sequence[str]]]) -> list[Any]:
    """The same for what is rarely filled in: a heading to be opened, and whether it is open, since
    something stands there or is wrong.
    """
    return [
        (legend, fields, any(one.errors or one.value() for one in fields))
        for legend, fields in grouped(form, groups)
    ]


def safe_path(request: HttpRequest, path: str, default: str) -> str:
    """A path of ours to go on to; anything that leads elsewhere becomes the default."""
    inside = url_has_allowed_host_and_scheme(path, allowed_hosts=None) and path.startswith("/")
    return path if inside and not path.startswith("//") else default


@dataclass(frozen=True)
class Page[M: Model]:
    """Rows of a list that is never counted, and the ways on and back."""

    rows: list[M]
    first: int
    last: int
    older: str
    newer: str


def page_by_key[M: Model](
    request: HttpRequest, rows: QuerySet[M], key: str, size: int = SIZE
) -> Page[M]:
    """Fifty rows in the order of `key` (and the id), from the place the address names."""
    order = key.replace(".", "__")
    forward = "before" not in request.GET
    place = _place(request.GET.get("after" if forward else "before", ""))
    first = _number(request.GET.get("from", "1")) if place else 1
    sign, comparison = ("", "gt") if forward else ("-", "lt")
    if place is not None:
        beyond = Q(**{f"{order}__{comparison}": place[0]})
        rows = rows.filter(beyond | Q(**{order: place[0], f"pk__{comparison}": place[1]}))
    found = list(rows.order_by(f"{sign}{order}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if not forward:
        found.reverse()
    has_older, has_newer = (more, place is not None) if forward else (True, more)
    last = first + len(found) - 1
    older = newer = ""
    if found and has_older:
        older = _address(request, after=_token(found[-1], key), start=last + 1)
    if found and has_newer and first > 1:
        newer = _address(request, before=_token(found[0], key), start=max(1, first - size))
    return Page(found, first, last, older, newer)


def _token(row: Model, key: str) -> str:
    value: Any = row
    for name in key.split("."):
        value = getattr(value, name)
    return base64.urlsafe_b64encode(json.dumps([value, row.pk]).encode()).decode()


def _place(token: str) -> tuple[str, int] | None:
    """Where a page begins; a place nobody gave is the beginning."""
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(token.encode()))
        number = row_number(str(pk))
    except (ValueError, TypeError):
        return None
    return None if number is None else (str(value), number)


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _address(request: HttpRequest, *, start: int, **place: str) -> str:
    kept = {
        name: value
        for name, value in request.GET.items()
        if name not in ("after", "before", "from")
    }
    return "?" + urlencode({**kept, **place, "from": start})
