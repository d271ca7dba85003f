"""How urgent a request is by the firm's rules: plain questions about words and hours."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

ORDER = ("urgent", "high", "normal", "low")


class Rule(Protocol):
    """What a rule looks at; a blank does not matter."""

    type_id: int | None
    relation: str
    words: str
    from_time: dt.time | None
    to_time: dt.time | None
    amount_from: Decimal | None
    worth_from: Decimal | None
    contract_from: Decimal | None
    priority: str


class Looks(Protocol):
    """What any rule looks at."""

    type_id: int | None
    relation: str
    words: str


@dataclass(frozen=True)
class Came:
    """A request as it came: its kind, what client, the words, the time by the firm's clock; by
    which way, the money it names, what the client brings in a year, the client's largest contract.
    """

    type_id: int
    relation: str
    text: str
    time: dt.time
    channel: str = ""
    amount: Decimal | None = None
    worth: Decimal | None = None
    contract: Decimal | None = None


def rule_for[R: Rule](rules: Iterable[R], came: Came) -> R | None:
    """The rule that decides: of those that fit the most urgent, of equal ones the first."""
    fitting = [rule for rule in rules if fits(rule, came)]
    return min(fitting, key=lambda rule: ORDER.index(rule.priority), default=None)


def fits(rule: Rule, came: Came) -> bool:
    """Whether everything the rule asks for is so; a rule that asks for nothing fits nothing."""
    if not asks_for_something(rule):
        return False
    return (
        looks_like(rule, came)
        and _in_stretch(rule.from_time, rule.to_time, came.time)
        and _reaches(rule.amount_from, came.amount)
        and _reaches(rule.worth_from, came.worth)
        and _reaches(rule.contract_from, came.contract)
    )


def asks_for_something(rule: Rule) -> bool:
    """Whether there is anything by which such requests are known."""
    said = rule.type_id or rule.relation or split_words(rule.words) or rule.from_time
    return bool(said or rule.amount_from or rule.worth_from or rule.contract_from)


def looks_like(rule: Looks, came: Came) -> bool:
    """Whether its kind, client and words are what a rule says; a blank does not matter."""
    return (
        rule.type_id in (None, came.type_id)
        and rule.relation in ("", came.relation)
        and has_words(rule.words, came.text)
    )


def _reaches(wanted: Decimal | None, there: Decimal | None) -> bool:
    return wanted is None or (there is not None and there >= wanted)


def split_words(words: str) -> list[str]:
    """What is between the commas, without blanks; `ё` is `е`."""
    folded = words.casefold().replace("ё", "е")
    return [" ".join(one.split()) for one in folded.split(",") if one.strip(" *")]


def has_words(words: str, text: str) -> bool:
    """Whether the text has one of them as whole words; an asterisk stands for any ending."""
    wanted = split_words(words)
    if not wanted:
        return True
    plain = " ".join(text.casefold().replace("ё", "е").split())
    return any(re.search(_pattern(one), plain) for one in wanted)


def _pattern(words: str) -> str:
    return rf"(?<!\w){re.escape(words).replace(re.escape('*'), r'\w*')}(?!\w)"


def _in_stretch(start: dt.time | None, end: dt.time | None, time: dt.time) -> bool:
    if start is None or end is None:
        return True
    if start <= end:
        return start <= time < end
    return time >= start or time < end
