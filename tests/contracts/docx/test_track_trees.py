"""Any two texts of ours become one redline that is proved, whatever was done to them."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.compare.trees import NAMES, document_pairs, texts, tries
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.track import Hand, Tracked, track_texts
from zabota.contracts.docx.track.proof import prove, read_lines
from zabota.contracts.docx.write import write
from zabota.contracts.text.numbering import numbers
from zabota.contracts.text.tree import Document

HAND = Hand("Мария Иванова", datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
values = st.dictionaries(st.sampled_from(NAMES), texts, max_size=3)


def written(document: Document, filled: dict[str, str]) -> bytes:
    return write(document, numbers(document), filled, package=None, language="ru", title="Договор")


def tracked(
    old: Document, new: Document, before: dict[str, str], after: dict[str, str]
) -> tuple[Tracked, bytes, bytes]:
    one, other = written(old, before), written(new, after)
    return track_texts(one, other, (old, new), lambda _: HAND), one, other


@given(document_pairs(), values, values)
@tries(60)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(
    pair: tuple[Document, Document], before: dict[str, str], after: dict[str, str]
) -> None:
    old, new = pair
    made, one, other = tracked(old, new, before, after)
    assert read_lines(made.data) == read_lines(other)
    assert read_lines(made.data, accept=False) == read_lines(one)
    assert prove(made.data, one, other) == ()
    inspect(made.data)
