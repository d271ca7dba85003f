"""What is put together once says the same as what is put together anew."""

from dataclasses import dataclass

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError, engines
from django.urls import Resolver404, path, resolve
from django.urls.resolvers import RegexPattern, URLResolver
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from tests.contracts.worlds import AT
from tests.support.fresh import FreshDatabase
from zabota.cases.actions.cases import open_case
from zabota.cases.models import Case
from zabota.common import frame
from zabota.common.drawn import drawn
from zabota.common.first_words import by_first_word
from zabota.common.frame import Face
from zabota.common.kept import Kept
from zabota.common.lookups import has_any, having, like
from zabota.home.world import build_people
from zabota.people.models import User

FACE = "common/parts/face.html"


def shown(source: str, **values: object) -> str:
    template = Template(source, engine=engines["django"].engine)  # type: ignore[attr-defined]
    return str(template.render(Context(values)))


def test_a_part_is_drawn_anew_for_other_values_only() -> None:
    one = drawn(FACE, Face("", "ОП", "Ольга", "s", ""))
    assert drawn(FACE, Face("", "ОП", "Ольга", "s", "")) is one
    other = drawn(FACE, Face("", "<b>", "Ольга", "s", ""))
    assert "&lt;b&gt;" in other and "ОП" in one and isinstance(one, SafeString)


def test_a_long_part_is_not_kept() -> None:
    long = Face("", "О" * 5000, "", "s", "")
    assert drawn(FACE, long) == drawn(FACE, long)
    assert drawn(FACE, long) is not drawn(FACE, long)


def test_a_part_is_drawn_in_the_language_of_its_reader() -> None:
    items = [{"label": "X", "url": "/"}]
    with translation.override("ru"):
        assert "Разделы" in frame.sections(items)
    with translation.override("en"):
        assert "Sections" in frame.sections(items)
    assert frame.sections([]).strip() == ""


@dataclass(frozen=True)
class Holding:
    """A value that holds another."""

    thing: object


@pytest.mark.parametrize("thing", [User(pk=1), mark_safe("<b>"), 1.5, [1], (User(pk=1),)])
def test_no_part_is_kept_by_what_changes_unseen(thing: object) -> None:
    with pytest.raises(TypeError):
        drawn(FACE, Holding(thing) if not isinstance(thing, list) else Holding((1.5,)))


def test_a_literal_is_translated_for_each_reader() -> None:
    page = '{% translate "Sections" %}|{% translate "More" context "sections" %}|{% icon "check" %}'
    template = Template(page, engine=engines["django"].engine)  # type: ignore[attr-defined]
    said = {}
    for language in ("ru", "en", "ru"):
        with translation.override(language):
            said[language] = template.render(Context())
    assert said["ru"].startswith("Разделы|Ещё|<svg") and said["en"].startswith("Sections|More|<svg")
    with translation.override("en"):
        assert shown(
            '{% translate name %}{% translate "More" as more %}{{ more }}', name="<i>"
        ) == ("&lt;i&gt;More")
        assert "<svg" in shown("{% icon name %}", name="check")


def test_addresses_are_found_as_before() -> None:
    def page(number: int) -> object:
        return number

    urls = [
        path("", page, name="front"),
        path("firm/", page, name="firm"),
        path("<int:pk>/", page, name="one"),
        path("firm/<int:pk>/edit/", page, {"extra": 1}, name="edit"),
    ]
    root = URLResolver(RegexPattern(r"^/"), by_first_word(urls))
    for wanted, name in (("/", "front"), ("/firm/", "firm"), ("/7/", "one")):
        assert root.resolve(wanted).url_name == name
    edit = root.resolve("/firm/7/edit/")
    assert (edit.url_name, edit.kwargs) == ("edit", {"pk": 7, "extra": 1})
    assert root.reverse("edit", pk=7) == "firm/7/edit/"
    with pytest.raises(Resolver404):
        root.resolve("/firm/nothing/")
    assert resolve("/desk/firm/").url_name


def asked() -> None:
    """Titles of requests as both databases find them."""
    world = build_people(AT)
    for title in ("один два", "сто % и \\", "a_b"):
        client = world.clients["romashka"]
        open_case(
            "ticket", by=None, at=AT, number=title, title=title, client=client,
            owner=world.staff["manager"], state="new",
        )  # fmt: skip
    cases = Case.objects.order_by("pk").values_list("title", flat=True)
    assert list(cases.filter(has_any("search", ["два", "a_b"]))) == ["один два", "a_b"]
    assert not cases.filter(has_any("search", []))
    for piece, number in (("a_b", 1), ("о_ин", 0), ("% и \\", 1), ("о%н", 0), ("сто", 1)):
        assert len(cases.filter(like("search", having(piece)))) == number


def test_both_databases_take_the_conditions(on_both: FreshDatabase) -> None:
    on_both.call(asked)


def test_a_choice_that_has_a_value_is_not_called_optional() -> None:
    class Choosing(forms.Form):
        how = forms.ChoiceField(
            choices=[("a", "A"), ("b", "B")], required=False, widget=forms.RadioSelect
        )
        words = forms.CharField(required=False)

    page = "{% field form.how %}|{% field form.words %}"
    with translation.override("en"):
        chosen = shown(page, form=Choosing(initial={"how": "a", "words": "x"})).split("|")
        blank = shown(page, form=Choosing()).split("|")
    assert ["optional" in part for part in chosen] == [False, True]
    assert ["optional" in part for part in blank] == [True, True]


KEPT = (
    "{% keep state=state many=many put name=name path=path %}"
    "{% if state == 'new' %}{% csrf_token %}<a href='{{ path }}'>{{ name }}</a>{% endif %}"
    "{% for one in many %}{{ one.name }}{% endfor %}{{ outside }}{% endkeep %}"
)


def test_what_is_kept_shows_what_is_put_in_now() -> None:
    template = Template(KEPT, engine=engines["django"].engine)  # type: ignore[attr-defined]
    face = Face("", "", "Ёж <b>", "", "")

    def said(**values: object) -> str:
        given = {"state": "new", "many": (face,), "csrf_token": "t1", "path": "/1/"} | values
        return str(template.render(Context({"outside": "unknown inside", **given})))

    first = said(name="<i>")
    assert first == (
        '<input type="hidden" name="csrfmiddlewaretoken" value="t1">'
        "<a href='/1/'>&lt;i&gt;</a>Ёж &lt;b&gt;"
    )
    assert said(name="<i>", csrf_token="t2") == first.replace("t1", "t2")
    assert said(name=SafeString("<u>"), path="/2/") == (
        first.replace("&lt;i&gt;", "<u>").replace("/1/", "/2/")
    )
    assert said(name="x", state="old", many=()) == ""
    (kept,) = template.nodelist.get_nodes_by_type(Kept)
    assert isinstance(kept, Kept)
    assert len(kept.kept) == 2


def test_what_is_put_in_is_asked_for_where_it_stands() -> None:
    template = Template(KEPT, engine=engines["django"].engine)  # type: ignore[attr-defined]

    def asked() -> str:
        raise AssertionError("not on this page")

    assert template.render(Context({"state": "old", "name": asked, "path": asked})) == ""


@pytest.mark.parametrize("thing", [User(pk=1), 1.5, [1], (SafeString("<b>"),)])
def test_nothing_is_kept_by_what_changes_unseen(thing: object) -> None:
    with pytest.raises(TypeError, match=r"plain values|unhashable"):
        shown("{% keep a=a %}{{ a }}{% endkeep %}", a=thing)


def test_safe_or_not_one_or_true_are_kept_apart() -> None:
    page = "{% keep a=a %}{{ a }}{% endkeep %}"
    template = Template(page, engine=engines["django"].engine)  # type: ignore[attr-defined]
    given = ("<b>", SafeString("<b>"), 1, True, "1")
    assert [template.render(Context({"a": one})) for one in given] == [
        "&lt;b&gt;", "<b>", "1", "True", "1",
    ]  # fmt: skip
    with translation.override("en"):
        words = shown('{% keep a=a %}{% translate "Sections" %}{% endkeep %}', a=1)
    assert words == "Sections"
    with pytest.raises(TemplateSyntaxError, match="names and values"):
        shown("{% keep a %}{% endkeep %}")


def test_an_address_without_values_is_looked_up_once() -> None:
    page = "{% url 'desk-tickets' %}|{% url 'desk-ticket' pk %}|{% url 'macros' as m %}{{ m }}"
    template = Template(page, engine=engines["django"].engine)  # type: ignore[attr-defined]
    for pk in (1, 2):
        said = str(template.render(Context({"pk": pk})))
        assert said == f"/desk/tickets/|/desk/tickets/{pk}/|/desk/macros/"
