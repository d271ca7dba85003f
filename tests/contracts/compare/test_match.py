"""A contract that came back without our bookmarks finds its clauses again."""

from dataclasses import replace

from hypothesis import given

from tests.contracts.compare import trees
from zabota.contracts.compare import documents, match_clauses, nearest, rebase
from zabota.contracts.text.tree import Clause, Document, Field, Paragraph, Reference, Run, Text

SENTENCES = {
    "a": "Поставщик обязуется передать Товар в собственность Покупателя, а Покупатель принять его.",
    "b": "Оплата производится в течение пяти рабочих дней с даты подписания счёта сторонами.",
    "c": "За просрочку поставки Поставщик уплачивает неустойку в размере 0,1 % за каждый день.",
    "d": "Споры рассматриваются в Арбитражном суде города Москвы после претензионного порядка.",
    "e": "Настоящий Договор составлен в двух экземплярах, имеющих одинаковую юридическую силу.",
}


def clause(name: str, *words: str | Run) -> Clause:
    runs = tuple(Text(word) if isinstance(word, str) else word for word in words)
    return Clause(name, (Paragraph(runs),))


def contract(**words: str) -> Document:
    return Document(tuple(clause(name, text) for name, text in words.items()))


SENT = contract(**SENTENCES)


def told(old: Document, new: Document, **values: str) -> list[tuple[str | None, str | None, bool]]:
    found = match_clauses(old, new, values=values)
    return [(match.old_id, match.new_id, match.certain) for match in found]


def test_untouched_clauses_are_found_by_their_words() -> None:
    back = contract(**{f"x{name}": text for name, text in SENTENCES.items()})
    assert told(SENT, back) == [(name, f"x{name}", True) for name in SENTENCES]


def test_an_id_that_came_back_is_trusted_whatever_the_words() -> None:
    back = contract(x1=SENTENCES["a"], b="Совсем другие слова.")
    assert told(SENT, back)[:2] == [("a", "x1", True), ("b", "b", True)]


def test_a_changed_clause_is_found_between_its_neighbours() -> None:
    back = contract(
        x1=SENTENCES["a"],
        x2=SENTENCES["b"].replace("пяти", "десяти"),
        x3="Поставщик за просрочку поставки платит пеню в размере 0,5 % за день просрочки.",
        x4="Покупатель вправе в любое время проверить склад, предупредив письмом.",
        x5=SENTENCES["d"],
    )
    found = told(SENT, back)
    assert found[0] == ("a", "x1", True)
    assert found[1] == ("b", "x2", True)
    assert found[2] == ("c", "x3", False), "alike, yet a person has to confirm it"
    assert found[3] == (None, "x4", True)
    assert found[4:] == [("d", "x5", True), ("e", None, True)]


def test_a_moved_clause_is_found_and_one_changed_as_well_is_asked_about() -> None:
    back = contract(
        x5=SENTENCES["e"], x1=SENTENCES["a"], x2=SENTENCES["d"],
        x3=SENTENCES["b"].replace("пяти", "трёх"), x4=SENTENCES["c"],
    )  # fmt: skip
    found = {new: (old, certain) for old, new, certain in told(SENT, back)}
    assert found["x5"] == ("e", True)
    assert found["x4"] == ("c", True)
    assert found["x3"][0] == "b"


def test_the_same_words_twice_are_paired_in_order_but_not_for_certain() -> None:
    old = contract(a="Не применимо.", b="Не применимо.")
    new = contract(x="Не применимо.", y="Не применимо.")
    assert told(old, new) == [("a", "x", False), ("b", "y", False)]


def test_values_written_out_are_no_change() -> None:
    sent = Document((clause("a", "Цена составляет ", Field("price"), " рублей."),))
    back = contract(x="Цена составляет 1 200 000 рублей.")
    assert told(sent, back, price="1 200 000") == [("a", "x", True)]


def test_rebasing_gives_old_ids_and_leaves_no_reference_behind() -> None:
    back = Document(
        (
            clause("x1", SENTENCES["a"], Reference("x2"), Reference("a")),
            clause("x2", SENTENCES["b"]),
            clause("a", "Новый пункт, который читатель назвал так же, как наш старый."),
        )
    )
    matches = match_clauses(SENT, replace(back, clauses=back.clauses[:2]))
    rebased = rebase(back, matches)
    assert [item.id for item in rebased.clauses] == ["a", "b", "a-2"]
    paragraph = rebased.clauses[0].blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs[1:] == (Reference("b"), Reference("a-2"))


@given(trees.document_pairs())
@trees.tries(40)
def test_every_clause_is_told_of_once_and_rebased_texts_can_be_compared(
    pair: tuple[Document, Document],
) -> None:
    old, new = pair
    matches = match_clauses(old, new)
    old_ids = [match.old_id for match in matches if match.old_id is not None]
    new_ids = [match.new_id for match in matches if match.new_id is not None]
    before, after = documents(old, Document()), documents(new, Document())
    assert sorted(old_ids) == sorted(change.id for change in before.clauses)
    assert sorted(new_ids) == sorted(change.id for change in after.clauses)
    documents(old, rebase(new, matches))


def test_the_nearest_form_is_the_one_with_the_same_subject() -> None:
    lease = contract(
        a="Арендодатель передаёт, а Арендатор принимает во временное пользование помещение.",
        b="Арендная плата вносится ежемесячно не позднее пятого числа.",
    )
    foreign = contract(
        q="Продавец передаёт Товар в собственность Покупателя, который обязуется его принять.",
        r="За просрочку поставки Товара Продавец уплачивает неустойку за каждый день.",
    )
    found = nearest(foreign, {"lease": lease, "supply": SENT})
    assert [name for name, _ in found] == ["supply", "lease"]
    assert found[0][1] > 2 * found[1][1]
    assert nearest(SENT, {"supply": SENT}) == [("supply", 1.0)]
