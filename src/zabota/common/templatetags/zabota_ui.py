"""The parts every page is made of: faces, icons, moments, sums, form fields, pages of a list.

Tags take plain objects and values, make no query, and read from the context only ``now`` (aware),
the active language and the active zone.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.base import Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from lucide.templatetags.lucide import lucide

from zabota.common import formats, frame, kept, literals, names
from zabota.common.drawn import drawn

register = template.Library()


register.tag("translate", literals.translate)
register.tag("keep", kept.keep)
register.tag("url", literals.address)
register.tag("static", literals.unchanging_file)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of Lucide as inline SVG: hidden from screen readers, or named by `label`."""
    return _drawn(name, label)


_icon_tag = register.tags["icon"]


@register.tag("icon")
def icon_tag(parser: Parser, token: Token) -> Node:
    """The same; one that is named in the template itself is drawn when that is read."""
    node = _icon_tag(parser, token)
    name = literals.literal(node.args[0]) if len(node.args) == 1 and not node.kwargs else None
    return node if name is None or node.target_var else TextNode(_drawn(name, ""))


@lru_cache(maxsize=512)
def _drawn(name: str, label: str) -> SafeString:
    # Lucide reads, copies and writes the XML anew each time: 60 µs, a hundred times on a page.
    spoken = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return SafeString(lucide(name, size=None, **{"class": "icon", "focusable": "false"}, **spoken))


@register.simple_tag
@cache
def unchanging(part: str) -> SafeString:
    """A part of every page that is the same on all of them, drawn once in a process."""
    return SafeString(get_template(part).render())


@register.simple_tag
def face(person: Any, size: str = "", tone: str = "", named: bool = False) -> SafeString:
    """A person's face: `size` is "", "xs", "s" or "l"; `tone` is "client" or "plain".

    The face is decoration, its name stands beside it; `named=True` where the name does not.
    """
    return frame.face(person, size, tone, named=named)


@register.simple_tag
def sections(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """Where one can go, on top of a page and, on a phone, below it."""
    return frame.sections(items)


@register.simple_tag
def part(template: str, value: Any) -> SafeString:
    """A part of a page that is drawn anew only for other values; its template calls them `it`."""
    return drawn(template, value)


@register.inclusion_tag("common/parts/faces.html")
def faces(people: Iterable[Any], size: str = "s", most: int = 4, tone: str = "") -> dict[str, Any]:
    """Several faces overlapping, the rest as a number: for a team or a parallel stage."""
    everyone = list(people)
    return {
        "shown": everyone[:most],
        "names": ", ".join(str(person.name) for person in everyone),
        "rest": max(0, len(everyone) - most),
        "size": size,
        "tone": tone,
    }


@register.simple_tag(takes_context=True)
def when(context: Context, moment: dt.datetime | None, empty: str = "—") -> str:
    """A moment in the reader's language and zone, as a <time>; absent, it is a dash."""
    if moment is None:
        return empty
    return _moment(formats.when, context, moment)


def _moment(
    say: Callable[[dt.datetime, dt.datetime, str, dt.tzinfo], str],
    context: Context,
    moment: dt.datetime,
) -> str:
    zone = timezone.get_current_timezone()
    words = say(moment, context["now"], _language(), zone)
    there = moment.astimezone(zone).isoformat()
    # The plainest way: a page of moments is a third quicker by it.
    return SafeString(f'<time datetime="{there}">{escape(words)}</time>')


@register.simple_tag(takes_context=True)
def told(context: Context, line: Any) -> SafeString:
    """A line of a history: anything with an icon, a sentence and the moment it speaks of."""
    zone = timezone.get_current_timezone()
    words = formats.when(line.at, context["now"], _language(), zone)
    moment = line.at.astimezone(zone).isoformat()
    return drawn("common/parts/told.html", frame.Told(line.icon, str(line.sentence), moment, words))


@register.simple_tag(takes_context=True)
def since(context: Context, moment: dt.datetime) -> str:
    """A moment after the word «с» ("since"), as a <time>."""
    return _moment(formats.since, context, moment)


@register.simple_tag(takes_context=True)
def by(context: Context, moment: dt.datetime) -> str:
    """A moment after the word «до» ("by"), as a <time>."""
    return _moment(formats.by, context, moment)


@register.simple_tag(takes_context=True)
def day(context: Context, value: dt.date | None, empty: str = "—") -> str:
    """A day seen from today, as a <time>; a moment is first brought to the reader's zone."""
    if value is None:
        return empty
    zone = timezone.get_current_timezone()
    plain = value.astimezone(zone).date() if isinstance(value, dt.datetime) else value
    words = formats.day(plain, context["now"].astimezone(zone).date(), _language())
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), words)


@register.simple_tag
def date(value: dt.date | None, short: bool = False, empty: str = "—") -> str:
    """A date in full («26 ноября 2026 г.»), or short for a table's cell."""
    if value is None:
        return empty
    words = (formats.short_date if short else formats.date)(value, _language())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def hours(minutes: int | None, empty: str = "—") -> str:
    """Working minutes as hours and minutes: «3 ч 20 мин»."""
    return empty if minutes is None else formats.hours(minutes, _language())


@register.simple_tag
def days(count: int) -> str:
    """A count of days with the right word: «1 день», «2 дня», «5 дней»."""
    return formats.days(count, _language())


@register.simple_tag
def working_days(count: int) -> str:
    """A count of working days with the right words: «2 рабочих дня»."""
    return formats.days(count, _language(), working=True)


@register.simple_tag
def money(amount: Decimal | int | None, currency: str = "RUB", empty: str = "—") -> str:
    """A sum with its currency in the reader's locale."""
    return empty if amount is None else formats.money(amount, currency, _language())


@register.simple_tag
def number(value: Decimal | int | float | None, empty: str = "—") -> str:
    """A number grouped as the reader's language groups it."""
    return empty if value is None else formats.number(value, _language())


@register.filter
def phone(value: str) -> str:
    """A phone number as people read it: «+7 495 123-45-67»."""
    return formats.phone(value)


@register.simple_tag
def dial(value: str, empty: str = "—") -> str:
    """A phone number as people read it, called by one tap; what nobody can dial stays as it is."""
    if not value:
        return empty
    shown, link = formats.phone(value), formats.dialled(value)
    return format_html('<a class="num" href="tel:{}">{}</a>', link, shown) if link else shown


@register.filter
def quoted(words: object) -> str:
    """`{{ reason|quoted }}`: in the quotation marks of the reader's language."""
    return formats.quoted(str(words), _language())


@register.filter
def person_name(name: str) -> str:
    """A name that was given in one alphabet only, as the reader reads names."""
    return names.person_name(name)


@register.filter
def numbered(number: object) -> str:
    """A number with its sign: «№ 12», "No. 12"."""
    return names.numbered(number)


@register.inclusion_tag("common/parts/field.html")
def field(bound: BoundField, kind: str = "", unit: str = "") -> dict[str, Any]:
    """A form field whole: label, help, error, control.

    `kind`: "" (by widget; radio and checkboxes are cards), "across" (cards in a row), "scale"
    (numbers in one line), "short",
    "code" (six digits). `unit` stands at the right of the input.
    """
    widget = str(getattr(bound.widget_type, "lower", str)())
    many = widget in {"radioselect", "checkboxselectmultiple"}
    # A browser cuts what is too long without a word; the server says the limit and keeps it all.
    bound.field.widget.attrs.pop("maxlength", None)
    if kind == "code":
        bound.field.widget.attrs.update(CODE_INPUT)
    return {
        "field": bound,
        "kind": "cards" if many and not kind else kind,
        "many": many,
        "check": widget == "checkbox",
        # One of several that are all there is is chosen already: nothing may be left out.
        "optional": not (bound.field.required or (widget == "radioselect" and bound.value())),
        "unit": unit,
    }


CODE_INPUT: Mapping[str, str] = {
    "class": "code-input",
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "maxlength": "7",
    "spellcheck": "false",
}


@register.inclusion_tag("common/parts/what_wrong.html")
def what_wrong(form: BaseForm) -> dict[str, Any]:
    """The summary on top of a form with errors: each leads to its field."""
    return {"form": form, "fields": [bound for bound in form if bound.errors]}


@register.inclusion_tag("common/parts/pages.html")
def pages(first: int, last: int, older: str = "", newer: str = "") -> dict[str, Any]:
    """Where one is in a list that never counts: «1–50, есть ещё», with links by key."""
    return {"first": first, "last": last, "older": older, "newer": newer}


@register.inclusion_tag("common/parts/measure.html")
def measure(used: int, allowed: int, late: bool = False) -> dict[str, Any]:
    """Working minutes used of those allowed, with a meter that turns amber near its end."""
    return {
        "used": used,
        "allowed": allowed,
        "near": allowed * 3 // 4,
        "late": late or used > allowed,
        "shown": min(max(used, 0), allowed),
    }


@register.inclusion_tag("common/parts/copy.html")
def copy(value: str, name: str, label: str) -> dict[str, str]:
    """A link or a code to copy: `name` is the id of its input, `label` what it is."""
    return {"value": value, "name": name, "label": label}


def _language() -> str:
    return get_language() or "en"
