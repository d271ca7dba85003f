"""Keeping everything said in contracts where it is found: as it is said, by whoever may read it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from zabota.cases.models import Case
from zabota.common.language.lemmas import lemmas_in
from zabota.contracts.models import (
    Attachment,
    Comment,
    Contract,
    SearchText,
    SearchWord,
    SearchWording,
    Version,
    Wording,
)
from zabota.contracts.search import (
    client_token,
    name_tokens,
    said_tokens,
    text_tokens,
    without_marks,
)
from zabota.contracts.stored import nodes
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.words import blocks_text

# Contracts whose words are gathered anew in one go of the worker.
BATCH = 50


def keep_search_text(version: Version, *, by: object, at: datetime) -> None:
    """A contract is found by its numbers, its client and the words of this version too; those of
    earlier ones stay.
    """
    tokens = _of_version(version) | _of_names(version.contract)
    keep_said(version.contract_id, tokens, by=by, at=at)


def keep_names(contract: Contract, *, by: object, at: datetime) -> None:
    """A contract is found by its numbers and its client."""
    keep_said(contract.pk, _of_names(contract), by=by, at=at)


def keep_words(contract: int, words: str, audience: str, *, by: object, at: datetime) -> None:
    """Words said to somebody about a contract: only they find it by them."""
    keep_said(contract, text_tokens([words], audience), by=by, at=at)


def keep_said(contract: int, tokens: set[str], *, by: object, at: datetime) -> None:
    """What was said once was said: tokens are only added. Must run under the contract's lock."""
    row = SearchText.objects.filter(pk=contract).first()
    known = set(row.words.split()) if row else set()
    if row is not None and tokens <= known:
        return
    new = tokens - known
    _know_lemmas({token[1:] for token in new if token[0] in "bot"})
    SearchText.objects.update_or_create(
        contract_id=contract, defaults={"words": " ".join(sorted(known | tokens))}
    )


def gather_said(*, by: None, at: datetime) -> int:
    """Contracts whose words were never gathered: a batch of them, all that was said in each."""
    waiting = Contract.objects.filter(searched=None).select_related("case__client")
    found = list(waiting.order_by("-pk")[:BATCH])
    for contract in found:
        keep_said(contract.pk, _all_said(contract), by=by, at=at)
    return len(found)


def _all_said(contract: Contract) -> set[str]:
    tokens = _of_names(contract)
    for version in Version.objects.filter(contract=contract):
        tokens |= _of_version(version)
    for text, audience in Comment.objects.filter(contract=contract).values_list("text", "audience"):
        tokens |= text_tokens([text], audience)
    files = Attachment.objects.filter(contract=contract, removed_at=None)
    for name, audience in files.values_list("name", "audience"):
        tokens |= text_tokens([name], audience)
    return tokens


def _of_version(version: Version) -> set[str]:
    lemmas = lemmas_of_wordings({node["w"] for node in nodes(version.tree)})
    # The parties' cards are the same in all their contracts: the client is searched by name.
    typed = [value for name, value in version.values.items() if "." not in name]
    return said_tokens(lemmas, "both") | text_tokens(typed, "both")


def lemmas_of_wordings(digests: set[str]) -> set[str]:
    """All lemmas of these wordings; those of a new wording are looked up and kept."""
    kept = dict(
        SearchWording.objects.filter(wording__in=digests).values_list("wording_id", "words")
    )
    new = {
        digest: lemmas_in(without_marks(blocks_text(blocks_from_json(blocks))))
        for digest, blocks in Wording.objects.filter(digest__in=digests - kept.keys()).values_list(
            "digest", "blocks"
        )
    }
    SearchWording.objects.bulk_create(
        [
            SearchWording(wording_id=digest, words=f" {' '.join(sorted(found))} ")
            for digest, found in new.items()
        ],
        ignore_conflicts=True,
    )
    found = {lemma for words in kept.values() for lemma in words.split()}
    return found.union(*new.values())


def _of_names(contract: Contract) -> set[str]:
    case: Case = contract.case
    client = case.client
    names = [client.name, client.short_name, client.name_en, client.short_name_en, case.title]
    numbers = [case.number, case.client_number, contract.registered_number, client.inn]
    tokens = name_tokens(filter(None, [*names, *numbers]))
    return tokens | text_tokens(names, "both") | {client_token(case.client_id)}


def _know_lemmas(lemmas: Iterable[str]) -> None:
    wanted = sorted(lemmas)
    known = set(
        SearchWord.objects.filter(Q(pk__in=wanted)).values_list("pk", flat=True) if wanted else ()
    )
    # Two contracts may bring the same word at once; in one order neither waits for the other twice.
    SearchWord.objects.bulk_create(
        [SearchWord(word=word) for word in wanted if word not in known], ignore_conflicts=True
    )
