"""A variant and the rules for values, as they are typed on the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zabota.contracts.actions.alternatives import AlternativeWords
from zabota.contracts.fast_lane.limits import MEASURED, ends_words, needs_no_rule, plain
from zabota.contracts.forms.routes import ORDERS, WITHOUT_VALUE, condition_spec
from zabota.contracts.models import Alternative, FieldLimit, SeenBy, TemplateEdition, ValueRule
from zabota.contracts.parties import is_asked
from zabota.contracts.route_words import OPS, field_name, value_words
from zabota.contracts.routing.conditions import operand

# As many terms as anybody keeps in mind.
MOST_TERMS = 3
TERMS = ("sum", "client.kind")
TERM_OPS = [(op, words) for op, words in OPS.items() if op != "changed"]


class AlternativeForm(forms.Form):
    """What a variant is called and who sees it."""

    name_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    name_en = forms.CharField(
        label=_("Title in English"),
        max_length=120,
        required=False,
        help_text=_("Empty: the Russian one stands in both languages."),
    )
    seen_by = forms.ChoiceField(
        label=_("Who sees it"),
        choices=SeenBy.choices,
        initial=SeenBy.STAFF,
        widget=forms.RadioSelect,
    )


class TermForm(forms.Form):
    """One term on which the variant is agreed."""

    field = forms.ChoiceField(label=_("What"), required=False)
    op = forms.ChoiceField(label=_("How it is compared"), choices=TERM_OPS, initial="ge")
    value = forms.CharField(label=_("With what"), required=False, max_length=200)

    def __init__(self, fields: Iterable[Mapping[str, Any]], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        choice = self.fields["field"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            ("", gettext("no term")),
            *((name, field_name(name)) for name in TERMS),
            *((told["name"], told.get("label") or told["name"]) for told in fields),
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("field") or "op" not in told:
            return told
        spec = condition_spec({"field": told["field"], "op": told["op"], "value": told["value"]})
        if told["op"] in ORDERS and operand(spec["value"]) is None:
            self.add_error("value", gettext("Please write a number or a date to compare with."))
        elif told["op"] not in WITHOUT_VALUE and spec["value"] in ("", None, []):
            self.add_error("value", gettext("Please write one value."))
        told["spec"] = spec
        return told


class AlternativeInput:
    """The whole of a variant on its page: name, who sees it, terms; its words are typed beside."""

    def __init__(
        self,
        edition: TemplateEdition,
        data: Mapping[str, str] | None = None,
        old: Alternative | None = None,
    ) -> None:
        asked = [told for told in edition.fields if is_asked(told["name"])]
        initial = (
            {name: getattr(old, name) for name in ("name_ru", "name_en", "seen_by")}
            if (old)
            else {}
        )
        self.form = AlternativeForm(data, initial=initial)
        stood = [_typed(term) for term in old.terms] if old else []
        self.terms = [
            TermForm(
                asked, data, prefix=f"t{place}", initial=stood[place] if place < len(stood) else {}
            )
            for place in range(MOST_TERMS)
        ]

    def is_valid(self) -> bool:
        """Every error is shown at once."""
        found = [form.is_valid() for form in (self.form, *self.terms)]
        return all(found)

    @property
    def errors(self) -> list[str]:
        """What hinders, in one list."""
        return [
            f"{bound.label}: {error}"
            for form in (self.form, *self.terms)
            for bound in form
            for error in bound.errors
        ]

    def words(self, texts: Mapping[str, str]) -> AlternativeWords:
        """What the action takes."""
        told = self.form.cleaned_data
        terms = [form.cleaned_data["spec"] for form in self.terms if "spec" in form.cleaned_data]
        return AlternativeWords(texts, told["name_ru"], told["name_en"], told["seen_by"], terms)


def _typed(term: Mapping[str, Any]) -> dict[str, Any]:
    value = value_words(term["field"], term.get("value"))
    return {"field": term["field"], "op": term["op"], "value": value}


class LimitForm(forms.Form):
    """What is agreed about one field."""

    rule = forms.ChoiceField(label=_("Rule"), choices=ValueRule.choices)
    least = forms.DecimalField(label=_("from"), required=False, max_digits=18, decimal_places=6)
    most = forms.DecimalField(label=_("to"), required=False, max_digits=18, decimal_places=6)

    def __init__(self, told: Mapping[str, Any], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.told = told
        self.measured = told["type"] in MEASURED
        name = told.get("label") or told["name"]
        if not self.measured:
            choice = self.fields["rule"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [one for one in ValueRule.choices if one[0] != ValueRule.WITHIN]
        for part in self.fields.values():
            part.widget.attrs["aria-label"] = f"{name}: {part.label}"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        least, most = told.get("least"), told.get("most")
        if told.get("rule") == ValueRule.WITHIN and not self.errors:
            if least is None and most is None:
                self.add_error("least", gettext("Please give at least one end of the limit."))
            elif least is not None and most is not None and least > most:
                self.add_error("most", gettext("The least is more than the most."))
        return told

    @property
    def rule_told(self) -> tuple[str, Decimal | None, Decimal | None]:
        """What the action takes; ends only where they mean something."""
        told = self.cleaned_data
        if told["rule"] != ValueRule.WITHIN:
            return told["rule"], None, None
        return told["rule"], told.get("least"), told.get("most")


@dataclass(frozen=True)
class LimitRow:
    """A field on the page: its label and direction, its inputs where the reader may set them."""

    told: Mapping[str, Any]
    concern: str
    form: LimitForm | None
    limit: FieldLimit | None

    @property
    def label(self) -> str:
        return str(self.told.get("label") or self.told["name"])

    @property
    def rule(self) -> str:
        """The rule in words."""
        if needs_no_rule(self.told):
            return gettext("needs no rule")
        return str(ValueRule(self.limit.rule if self.limit else ValueRule.ASK).label)

    @property
    def ends(self) -> str:
        """From where to where, if anywhere."""
        if self.limit is None or self.limit.rule != ValueRule.WITHIN:
            return ""
        return ends_words(self.limit.least, self.limit.most, get_language() or "ru")


def limit_initial(limit: FieldLimit | None) -> dict[str, Any]:
    """A stored rule as it would have been typed."""
    if limit is None:
        return {"rule": ValueRule.ASK}
    ends = {"least": plain(limit.least), "most": plain(limit.most)}
    return {"rule": limit.rule, **ends}
