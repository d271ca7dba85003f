"""Fields under their labels in a text area: what is shown is read back as what is stored."""

from hypothesis import given
from hypothesis import strategies as st

from zabota.contracts.text.edit import FieldLabels

NAMES = st.from_regex(r"[a-zа-я][a-zа-я_]{0,6}", fullmatch=True)
LABELS = st.dictionaries(NAMES, st.text(max_size=12), min_size=1, max_size=6)


@given(LABELS, LABELS)
def test_what_is_shown_is_read_back(shown: dict[str, str], also: dict[str, str]) -> None:
    """Whatever the labels, another language's beside them or a name that looks like a label."""
    labels = FieldLabels(shown, also)
    text = " и ".join("{{" + name + "}}" for name in shown) + " {{#c1}} {{^n1}} {{!k}}"
    assert labels.named(labels.labelled(text)) == text
    assert labels.named(text) == text
    assert len(set(labels.shown.values())) == len(labels.shown)


def test_two_fields_of_one_label_are_told_apart_and_never_guessed() -> None:
    labels = FieldLabels({"start": "Срок", "end": "Срок", "price": "Цена"})
    assert labels.labelled("{{start}} {{end}} {{price}}") == "{{Срок (1)}} {{Срок (2)}} {{Цена}}"
    assert labels.named("{{срок  (2)}} {{Срок}}") == "{{end}} {{Срок}}"


def test_a_label_that_is_another_fields_name_is_numbered() -> None:
    labels = FieldLabels({"price": "Сумма", "sum": "price"})
    assert labels.named("{{price}}") == "{{price}}"
    assert labels.labelled("{{sum}}") == "{{price (1)}}"


def test_a_label_of_another_language_is_understood() -> None:
    assert FieldLabels({"f.inn": "ИНН"}, {"f.inn": "TIN"}).named("{{tin}}") == "{{f.inn}}"
