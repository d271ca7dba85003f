"""A DOCX that comes back from Word: its tracked changes as proposals clause by clause, its
comments as comments.

The text with all changes rejected is what its writers were sent, with all accepted what they
propose; what differs between the first and the sent one is told by `contracts.docx.untracked`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from zabota.contracts.compare.matching import match_clauses
from zabota.contracts.docx.guard import inspect
from zabota.contracts.docx.marking import (
    marked_places,
    put_mark,
    text_parts,
    unmarked,
    with_parts,
)
from zabota.contracts.docx.package import Package
from zabota.contracts.docx.proposals.comments import WordComment, anchors, read_comments
from zabota.contracts.docx.proposals.revision import Done, Revision, revisions_in
from zabota.contracts.docx.read import read
from zabota.contracts.text.tree import Document

__all__ = ["Done", "Proposals", "Revision", "WordComment", "read_proposals"]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the writers of a returned file recorded.

    `before` is the text with all their changes rejected, `after` with all accepted; `revisions`
    are told by clause: its id in the proposed text, or in the sent one where it is taken out; under
    "" what stands in no clause (headers, footers).
    """

    before: Document
    after: Document
    revisions: Mapping[str, tuple[Revision, ...]]
    comments: tuple[WordComment, ...]


def read_proposals(
    data: bytes, sent: Document, now: Document, values: Mapping[str, str] | None = None
) -> Proposals:
    """Tracked changes and comments of a returned file by clause. Raises Refused.

    `sent` is the text its writers were given, `now` the file's text with all changes accepted as
    the caller reads it, under the ids the caller uses; `values` are those the file was sent with.
    """
    inspect(data)
    package = Package(data)
    roots = text_parts(package)
    told = [pair for root in roots.values() for pair in revisions_in(root)]
    remarks = read_comments(package)
    spots = anchors(roots.values()) if remarks else {}
    for mark, (_, paragraph) in enumerate(told):
        put_mark(paragraph, mark)
    for mark, remark in enumerate(remarks, len(told)):
        spot = spots.get(remark.id)
        if spot is not None and spot.paragraph is not None:
            put_mark(spot.paragraph, mark)
    copy = with_parts(data, roots)
    after, places = _settled(copy, "accept", now, values)
    before, places_before = _settled(copy, "reject", sent, values)
    places = {**places_before, **places}
    found: dict[str, list[Revision]] = {}
    for mark, (revision, _) in enumerate(told):
        found.setdefault(places.get(mark, ""), []).append(revision)
    comments = [
        replace(one, clause=places.get(mark, ""), quote=spots[one.id].quote)
        if one.id in spots
        else one
        for mark, one in enumerate(remarks, len(told))
    ]
    return Proposals(
        before,
        after,
        {clause: tuple(revisions) for clause, revisions in found.items()},
        tuple(_beside_what_they_answer(comments)),
    )


def _settled(
    data: bytes,
    how: Literal["accept", "reject"],
    known: Document,
    values: Mapping[str, str] | None,
) -> tuple[Document, dict[int, str]]:
    """The text with all changes settled, and where marks stand by the ids of a known text."""
    steps = count()
    document = read(data, revisions=how, new_id=lambda: f"new-{next(steps)}").document
    places = marked_places(document)
    plain = unmarked(document)
    matches = match_clauses(known, plain, values=values)
    names = {match.new_id: match.old_id for match in matches if match.new_id and match.old_id}
    clauses = {mark: names.get(place, place) for mark, place in places.items()}
    outside = ("header", "footer")
    return plain, {mark: "" if one in outside else one for mark, one in clauses.items()}


def _beside_what_they_answer(comments: list[WordComment]) -> list[WordComment]:
    """Each reply right after what it answers, and at the same clause."""
    by_id = {one.id: one for one in comments}

    def head(one: WordComment) -> WordComment:
        seen = {one.id}
        while one.reply_to in by_id and one.reply_to not in seen:
            one = by_id[one.reply_to]
            seen.add(one.id)
        return one

    places = {one.id: place for place, one in enumerate(comments)}
    ordered = sorted(comments, key=lambda one: (places[head(one).id], places[one.id]))
    return [replace(one, clause=one.clause or head(one).clause) for one in ordered]
