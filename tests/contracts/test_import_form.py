"""A Word file becomes an edition; the next one takes over what was set, by likeness of clauses."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.docx.making import docx, p, relations
from tests.contracts.worlds import AT, DAY
from zabota.common.files import read_file
from zabota.contracts.actions import add_form, change_edition, change_form, import_form
from zabota.contracts.actions.editions import EditionMoved, NotADraft, edition_revision
from zabota.contracts.actions.forms import Unfit
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.models import ContractTemplate, TemplateEdition
from zabota.contracts.stored import Attributes, load_texts, nodes
from zabota.contracts.text.words import blocks_text
from zabota.home.world import World
from zabota.journal.models import Entry

FIRST = [
    "1. Предмет договора и всё, что к нему относится",
    "1.1. Исполнитель оказывает услуги по адресу {{ place: address }} в согласованные дни.",
    '1.2. Цена услуг составляет {{ price: money "Цена" }} рублей за один календарный месяц.',
    "2. Ответственность сторон за нарушение сроков",
    "2.1. За просрочку оплаты начисляется пеня в размере одной десятой процента в день.",
]
SECOND = [
    "1. Предмет договора и всё, что к нему относится",
    "1.1. Стороны сверяют расчёты ежеквартально и подписывают об этом двусторонний акт.",
    "1.2. Исполнитель оказывает услуги по адресу {{ place: address }} в согласованные дни.",
    '1.3. Цена услуг составляет {{ price: money "Цена" }} рублей за один полный месяц.',
    "2. Ответственность сторон за нарушение сроков",
    "2.1. За просрочку оплаты начисляется пеня в размере одной десятой процента в день.",
]
CARD = {"kind": "services", "language": "ru", "titles": ("Обслуживание", "Maintenance")}


def words(lines: list[str]) -> bytes:
    return docx("".join(p(line) for line in lines))


def first(world: World) -> TemplateEdition:
    return add_form(words(FIRST), by=world.as_staff("lawyer"), at=AT, card=CARD)


def ids(edition: TemplateEdition) -> dict[str, str]:
    """Clauses by the beginning of their words."""
    (text,) = load_texts(edition.tree)
    found = {}
    for node in nodes(edition.tree):
        clause = next(c for c in walk(text.document.clauses) if c.id == node["id"])
        found[blocks_text(clause.blocks)[:12]] = node["id"]
    return found


def walk(clauses):
    for clause in clauses:
        yield clause
        yield from walk(clause.children)


def told(edition: TemplateEdition, clause: str) -> tuple[str, bool]:
    node = next(node for node in nodes(edition.tree) if node["id"] == clause)
    return node["c"], node.get("l", False)


def test_a_form_is_entered_with_its_first_edition_and_remembered(world: World) -> None:
    edition = first(world)
    template = edition.template
    assert (template.slug, edition.number, edition.state) == ("services-ru-2", 1, "draft")
    assert [field["name"] for field in edition.fields] == ["place", "price"]
    kinds = Entry.objects.filter(stream=template.stream_id).values_list("kind", flat=True)
    assert list(kinds) == ["contract.form_opened", "contract.edition_made"]


def test_nothing_is_left_of_a_refused_file(world: World) -> None:
    with pytest.raises(Unfit) as unfit:
        add_form(
            words(["1. {{ a: nonsense }} и {{ b: choice(one) }}"]),
            by=world.as_staff("lawyer"),
            at=AT,
            card=CARD,
        )
    assert [fault.code for fault in unfit.value.faults] == ["field_type", "field_choices"]
    assert not ContractTemplate.objects.filter(slug="services-ru-2").exists()


def test_only_the_power_or_an_administrator_may(world: World) -> None:
    for who in ("manager", "finance"):
        with pytest.raises(PermissionDenied):
            add_form(words(FIRST), by=world.as_staff(who), at=AT, card=CARD)
    assert add_form(words(FIRST), by=world.as_staff("director"), at=AT, card=CARD).pk


def test_the_next_edition_takes_over_what_was_set(world: World) -> None:
    one = first(world)
    before = ids(one)
    fields = [dict(field) for field in one.fields]
    fields[1] |= {"label": "Цена в месяц", "usual": "100.00", "help": {"ru": "С НДС", "en": ""}}
    change_edition(
        one,
        by=world.as_staff("lawyer"),
        at=AT,
        attributes={
            before["Предмет дого"]: Attributes("logistics", False),
            before["Цена услуг с"]: Attributes("finance", True),
        },
        fields=fields,
        route=world.routes["short"],
    )
    two = import_form(one.template, words(SECOND), by=world.as_staff("lawyer"), at=AT + DAY)
    after = ids(two)
    for start in ("Предмет дого", "Исполнитель ", "Цена услуг с", "Ответственно", "За просрочку"):
        assert after[start] == before[start], start
    assert told(two, after["Цена услуг с"]) == ("finance", True)
    assert told(two, after["Стороны свер"]) == ("logistics", False), "as its section"
    assert two.kept["fresh"] == [after["Стороны свер"]]
    assert two.fields[1]["label"] == "Цена в месяц" and two.fields[1]["usual"] == "100.00"
    assert two.route_id == world.routes["short"].pk and two.number == 2


def test_a_declaration_changed_in_word_wins(world: World) -> None:
    one = first(world)
    fields = [dict(field) for field in one.fields]
    fields[1] |= {"label": "Цена в месяц", "usual": "100.00"}
    change_edition(one, by=world.as_staff("lawyer"), at=AT, fields=fields)
    lines = [line.replace('money "Цена"', 'money "Плата"') for line in SECOND]
    two = import_form(one.template, words(lines), by=world.as_staff("lawyer"), at=AT)
    assert (two.fields[1]["label"], two.fields[1]["usual"]) == ("Плата", "100.00")


def test_a_shipped_form_read_again_stays_the_same(world: World) -> None:
    one = world.forms["supply-ru"]
    assert one.source is not None
    two = import_form(one.template, read_file(one.source), by=world.as_staff("lawyer"), at=AT)
    assert [node["id"] for node in nodes(two.tree)] == [node["id"] for node in nodes(one.tree)]
    assert [told(two, node["id"]) for node in nodes(two.tree)] == [
        told(one, node["id"]) for node in nodes(one.tree)
    ]
    assert two.kept["fresh"] == [] and two.route_id == one.route_id
    assert [field.get("help") for field in two.fields] == [f.get("help") for f in one.fields]


def test_what_leads_out_of_the_file_is_not_kept(world: World) -> None:
    link = (
        '<Relationship Id="h" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/hyperlink" Target="http://evil.example/" TargetMode="External"/>'
    )
    assert relations(link)
    data = docx("".join(map(p, FIRST)), links=link)
    edition = add_form(data, by=world.as_staff("lawyer"), at=AT, card=CARD)
    assert edition.source is not None
    assert b"evil.example" in data[:10_000] or data != read_file(edition.source)
    again = import_form(
        edition.template, read_file(edition.source), by=world.as_staff("lawyer"), at=AT
    )
    assert again.number == 2


def test_tracked_changes_are_refused(world: World) -> None:
    body = p(FIRST[0]) + (
        '<w:p><w:ins w:id="1" w:author="Анна" w:date="2026-11-01T00:00:00Z">'
        "<w:r><w:t>правка</w:t></w:r></w:ins></w:p>"
    )
    with pytest.raises(Refused) as refused:
        add_form(docx(body), by=world.as_staff("lawyer"), at=AT, card=CARD)
    assert refused.value.code == "tracked_changes" and refused.value.params["authors"] == ["Анна"]


def test_a_draft_saved_by_somebody_else_is_not_overwritten(world: World) -> None:
    edition = first(world)
    seen = edition_revision(edition)
    by = world.as_staff("lawyer")
    change_edition(edition, by=by, at=AT, route=world.routes["short"], seen=seen)
    with pytest.raises(EditionMoved):
        change_edition(edition, by=by, at=AT, route=world.routes["standard"], seen=seen)
    entries = Entry.objects.filter(kind="contract.edition_changed", stream=edition.template.stream)
    assert entries.count() == 1
    change_edition(edition, by=by, at=AT, route=world.routes["short"])
    assert entries.count() == 1, "nothing changed, nothing is said"


def test_an_edition_in_force_is_not_changed(world: World) -> None:
    with pytest.raises(NotADraft):
        change_edition(
            world.forms["nda-ru"], by=world.as_staff("lawyer"), at=AT, route=world.routes["short"]
        )


def test_the_card_changes_with_one_entry(world: World) -> None:
    template = world.forms["nda-ru"].template
    card = {
        "titles": ("О тайне", "On secrecy"),
        "kind": "nda",
        "usual_days": 2,
        "offered": False,
        "about": template.about,
    }
    changed = change_form(template, by=world.as_staff("lawyer"), at=AT, card=card)
    assert (changed.title_en, changed.offered, changed.usual_days) == ("On secrecy", False, 2)
    change_form(template, by=world.as_staff("lawyer"), at=AT, card=card)
    said = Entry.objects.filter(kind="contract.form_changed")
    assert [entry.facts["changed"] for entry in said] == [
        ["offered", "title_en", "title_ru", "usual_days"]
    ]
    with pytest.raises(PermissionDenied):
        change_form(template, by=world.as_staff("manager"), at=AT, card=card)
