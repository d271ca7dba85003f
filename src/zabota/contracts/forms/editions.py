"""What a lawyer sets in a draft edition: directions and locks of clauses, its fields, its route."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zabota.contracts.concerns import CONCERNS, GENERAL
from zabota.contracts.models import Route, TemplateEdition
from zabota.contracts.parties import is_party_field
from zabota.contracts.reading.values import show_value
from zabota.contracts.stored import Attributes, Node, Tree
from zabota.contracts.text.fields import FieldProblem, FieldSpec, clean, form_of
from zabota.contracts.trouble_words import field_trouble

TYPES = (
    ("text", pgettext_lazy("field type", "Line of text")),
    ("longtext", pgettext_lazy("field type", "Text of several lines")),
    ("choice", pgettext_lazy("field type", "Choice")),
    ("date", pgettext_lazy("field type", "Date")),
    ("money", pgettext_lazy("field type", "Sum")),
    ("number", pgettext_lazy("field type", "Number")),
    ("percent", pgettext_lazy("field type", "Percent")),
    ("person", pgettext_lazy("field type", "Person")),
    ("address", pgettext_lazy("field type", "Address")),
    ("email", pgettext_lazy("field type", "E-mail")),
    ("phone", pgettext_lazy("field type", "Phone")),
    ("inn", pgettext_lazy("field type", "INN")),
    ("kpp", pgettext_lazy("field type", "KPP")),
    ("ogrn", pgettext_lazy("field type", "OGRN")),
    ("bik", pgettext_lazy("field type", "BIK")),
    ("account", pgettext_lazy("field type", "Account")),
)


class FieldForm(forms.Form):
    """One field as the client will be asked it, and our usual value."""

    label = forms.CharField(label=_("How it is called"), max_length=200)
    type = forms.ChoiceField(label=_("Type"), choices=TYPES)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        max_length=4000,
        help_text=_("One on each line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    help_ru = forms.CharField(
        label=_("Help in Russian"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    help_en = forms.CharField(
        label=_("Help in English"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    example = forms.CharField(label=_("Example"), required=False, max_length=500)
    usual = forms.CharField(
        label=_("Our usual value"),
        required=False,
        max_length=500,
        help_text=_("What departs from it is shown to whoever approves."),
    )
    required = forms.BooleanField(label=_("Has to be filled in"), required=False)

    def __init__(
        self, field: Mapping[str, Any], data: Mapping[str, Any] | None, *, prefix: str
    ) -> None:
        help_words = field.get("help") or {}
        initial = {
            "label": field.get("label") or field["name"],
            "type": field["type"],
            "choices": "\n".join(field.get("args", ())) if field["type"] == "choice" else "",
            "help_ru": help_words.get("ru", ""),
            "help_en": help_words.get("en", ""),
            "example": field.get("example", ""),
            "usual": field.get("usual", ""),
            "required": field.get("required", True),
        }
        super().__init__(data, initial=initial, prefix=prefix)
        self.field = field

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "type" not in told or "choices" not in told:
            return told
        args = self._args(told)
        if told["type"] == "choice" and len(args) < 2:
            self.add_error("choices", gettext("Please name at least two, one on each line."))
            return told
        spec = FieldSpec(self.field["name"], told["type"], "", args, False)
        for name in ("example", "usual"):
            self._clean_value(spec, name)
        return told

    def _args(self, told: Mapping[str, Any]) -> tuple[str, ...]:
        """What limits the value: choices as typed, else what Word says, if the type is the same."""
        if told["type"] == "choice":
            lines = (" ".join(line.split()) for line in told["choices"].splitlines())
            return tuple(dict.fromkeys(line for line in lines if line))
        return tuple(self.field.get("args", ())) if told["type"] == self.field["type"] else ()

    def _clean_value(self, spec: FieldSpec, name: str) -> None:
        try:
            self.cleaned_data[name] = clean(spec, self.cleaned_data.get(name, ""))
        except FieldProblem as problem:
            self.add_error(name, field_trouble(problem))

    @property
    def type_name(self) -> str:
        """The type in the reader's language."""
        return str(dict(TYPES).get(self.field["type"], self.field["type"]))

    @property
    def help_words(self) -> str:
        """The help in both languages."""
        return " / ".join(filter(None, (self.field.get("help") or {}).values()))

    @property
    def told(self) -> dict[str, Any]:
        """The field as it is stored."""
        told = self.cleaned_data
        return {
            **self.field,
            "label": told["label"],
            "type": told["type"],
            "args": list(self._args(told)),
            "required": told["required"],
            "help": {"ru": told["help_ru"], "en": told["help_en"]},
            "example": told["example"],
            "usual": told["usual"],
        }


class RouteForm(forms.Form):
    """Which way contracts of this edition go."""

    route = forms.ModelChoiceField(
        Route.objects.none(), label=_("Approval route"), required=False, empty_label=_("not chosen")
    )

    def __init__(self, language: str, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        choice = self.fields["route"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Route.objects.exclude(current=None).order_by("name_ru")
        # Routes are called in the reader's language, which the model alone does not know.
        choice.label_from_instance = lambda obj: str(obj.name(language))  # type: ignore[method-assign]


@dataclass(frozen=True)
class FieldRow:
    """A field of the form; what is filled from the parties' cards has no inputs."""

    field: Mapping[str, Any]
    form: FieldForm | None
    example: str = ""
    usual: str = ""


class EditionInput:
    """Everything on the page of a draft edition, as one form with one Save button."""

    def __init__(
        self, edition: TemplateEdition, language: str, data: Mapping[str, str] | None = None
    ) -> None:
        self.edition = edition
        self.data = data
        self.route_form = RouteForm(language, data, initial={"route": edition.route_id})
        self.rows = [
            FieldRow(
                field,
                None if _is_filled(field["name"]) else self._field(index, field),
                *(
                    show_value(field["type"], field.get(n, ""), language)
                    for n in ("example", "usual")
                ),
            )
            for index, field in enumerate(edition.fields)
        ]
        self.stored = stored_attributes(edition.tree)

    def _field(self, index: int, field: Mapping[str, Any]) -> FieldForm:
        return FieldForm(field, self.data, prefix=f"f{index}")

    @property
    def forms(self) -> list[forms.Form]:
        return [self.route_form, *(row.form for row in self.rows if row.form is not None)]

    def is_valid(self) -> bool:
        """Whether all of it can be stored; every error is shown at once."""
        found = [form.is_valid() for form in self.forms]
        return all(found)

    @property
    def shown(self) -> dict[str, Attributes]:
        """Directions and locks as the page shows them: typed, else stored."""
        if self.data is None:
            return self.stored
        data = self.data
        return {name: _typed(data, name, was) for name, was in self.stored.items()}

    @property
    def attributes(self) -> dict[str, Attributes]:
        """Directions and locks to be stored: a section's go for its sub-clauses."""
        return with_sections(self.edition.tree, self.shown)

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [row.form.told if row.form else dict(row.field) for row in self.rows]

    @property
    def route(self) -> Route | None:
        route: Route | None = self.route_form.cleaned_data.get("route")
        return route


def _is_filled(name: str) -> bool:
    """Whether a value comes from a card or from another field, so that there is nothing to set."""
    return is_party_field(name) or bool(form_of(name)[1])


def _typed(data: Mapping[str, str], clause: str, was: Attributes) -> Attributes:
    concern = data.get(f"c.{clause}")
    if concern is None:  # the clause was not on the page that was sent
        return was
    if concern not in CONCERNS and concern != was.concern:
        raise ValidationError(gettext("There is no such direction."))
    return Attributes(concern, f"l.{clause}" in data)


def stored_attributes(tree: Tree) -> dict[str, Attributes]:
    """Directions and locks as they are stored, in reading order."""
    return {node["id"]: _of(node) for node, _above in _with_parents(tree)}


def with_sections(tree: Tree, told: Mapping[str, Attributes]) -> dict[str, Attributes]:
    """What is set at a section goes for its sub-clauses, except for those that were set otherwise,
    now or before."""
    found: dict[str, Attributes] = {}
    for node, above in _with_parents(tree):
        old, new = _of(node), told.get(node["id"], _of(node))
        if above is not None:
            over_old, over_new = _of(above), found[above["id"]]
            follows = new.concern == old.concern == over_old.concern
            stays = new.locked == old.locked == over_old.locked
            new = Attributes(
                over_new.concern if follows else new.concern,
                over_new.locked if stays else new.locked,
            )
        found[node["id"]] = new
    return found


def _of(node: Node) -> Attributes:
    return Attributes(node.get("c", GENERAL), node.get("l", False))


def _with_parents(tree: Tree) -> Iterator[tuple[Node, Node | None]]:
    waiting: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(tree["clauses"])]
    while waiting:
        node, above = waiting.pop()
        yield node, above
        waiting.extend((child, node) for child in reversed(node.get("ch", ())))
