"""Lines of an order as they are typed: one row for each thing, for a new order and for a change."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.clients.tables.rows import read_money
from zabota.common.ids import row_number
from zabota.orders.actions import Wanted
from zabota.orders.exchange.numbers import exact
from zabota.orders.models import OrderLine
from zabota.orders.vat import rates_on

MOST_ROWS = 200
# So many blank rows stand ready, one where there are lines; so many more are added at a press.
READY = 3
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LineForm(forms.Form):
    """One thing: what, how many, for how much, by when. A row left blank is none."""

    line = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("What is ordered"), required=False, max_length=300)
    article = forms.CharField(
        label=pgettext_lazy("goods", "Article"), required=False, max_length=60
    )
    quantity = forms.CharField(label=_("How many"), required=False, max_length=20)
    unit = forms.CharField(label=pgettext_lazy("goods", "Unit"), required=False, max_length=20)
    price = forms.CharField(label=_("Price with VAT"), required=False, max_length=30)
    vat = forms.ChoiceField(label=_("Rate of VAT"), required=False)
    by_day = forms.DateField(label=_("Ship by"), required=False, widget=DAY)

    def __init__(self, *args: Any, country: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A row left as it was is still ordered.
        self.empty_permitted = False
        self.today = today
        rates = [str(one) for one in rates_on(country, today)]
        had = str(self.initial.get("vat", ""))
        if had and had not in rates:
            rates.append(had)
        choices = [*((one, f"{one} %") for one in rates), ("", str(_("without VAT")))]
        self.fields["vat"].choices = choices  # type: ignore[attr-defined]
        if "vat" not in self.initial and rates:
            self.initial["vat"] = rates[0]
        number = str(self.prefix or "0").rpartition("-")[2]
        for field in (one.field for one in self.visible_fields()):
            named = {"label": field.label, "number": int(number) + 1 if number.isdigit() else ""}
            field.widget.attrs["aria-label"] = gettext("%(label)s, line %(number)s") % named

    def clean(self) -> dict[str, Any]:
        """Whoever begins a row says what, how many and for how much."""
        given = super().clean() or {}
        if self.is_blank:
            return given
        if not given.get("name"):
            self.add_error("name", gettext("Say what is ordered."))
        quantity, price = exact(given.get("quantity", "")), read_money(given.get("price", ""))
        if quantity is None or quantity <= 0:
            self.add_error("quantity", gettext("A number above zero."))
        if price is None or price < 0:
            self.add_error("price", gettext("A sum, like 1 220,50."))
        given["count"], given["cost"] = quantity, price
        day = given.get("by_day")
        if day is not None and day < self.today and day != self.initial.get("by_day"):
            self.add_error("by_day", gettext("This day is over already."))
        return given

    @property
    def is_blank(self) -> bool:
        """Nothing is typed into it; a line that was there is taken out so."""
        given = getattr(self, "cleaned_data", {})
        return not any(given.get(name) for name in ("name", "article", "quantity", "price"))

    def wanted(self) -> Wanted | None:
        """As the action takes it."""
        given = self.cleaned_data
        if self.is_blank:
            return None
        return Wanted(
            given["name"], given["count"], given["cost"], article=given["article"],
            unit=given["unit"], vat_rate=Decimal(given["vat"]) if given["vat"] else None,
            by_day=given["by_day"], line=given["line"],
        )  # fmt: skip


Rows = forms.formset_factory(LineForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def rows_of(
    lines: Iterable[OrderLine], sent: Any, country: str, today: date, *, more: bool = False
) -> Any:
    """The rows of a page: of these lines, with some blank ones; `more` adds blank ones to what is
    typed.
    """
    options = {"country": country, "today": today}
    if sent is None:
        ready = [_typed(line) for line in lines]
        blank: list[dict[str, Any]] = [{} for _one in range(1 if ready else READY)]
        return Rows(initial=[*ready, *blank], form_kwargs=options, prefix="lines")
    if more:
        sent = sent.copy()
        count = row_number(sent.get("lines-TOTAL_FORMS", "")) or 0
        sent["lines-TOTAL_FORMS"] = str(min(count + READY, MOST_ROWS))
        for number in range(count, min(count + READY, MOST_ROWS)):
            sent[f"lines-{number}-vat"] = sent.get(f"lines-{count - 1}-vat", "")
    initial = [_typed(line) for line in lines]
    return Rows(sent, initial=initial, form_kwargs=options, prefix="lines")


def _typed(line: OrderLine) -> dict[str, Any]:
    """A line as somebody would have typed it."""
    day = line.expected_on or line.promised_on
    return {
        "line": line.pk, "name": line.name, "article": line.article, "unit": line.unit,
        "quantity": _plain(line.wanted), "price": _plain(line.price, 2),
        "vat": "" if line.vat_rate is None else f"{line.vat_rate.normalize():f}",
        "by_day": day,
    }  # fmt: skip


def _plain(value: Decimal, least: int = 0) -> str:
    """A number as it is typed, with so many places at least: «4880,50»."""
    places = max(least, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{places}f}".replace(".", "," if get_language() == "ru" else ".")
