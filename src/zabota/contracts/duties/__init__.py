"""Obligations of a signed contract, read out of its fields and clauses. Free of Django.

What is read is proposed to a person: better one proposal too many, named by its clause and words,
than a term nobody was told of. Clauses on liability, disputes, force majeure and what follows
termination say what happens if something goes wrong, and are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from zabota.contracts.duties.duty import Duty, Every, Side, Signed, Unit
from zabota.contracts.duties.terms import Term, day_of_month, months_later, moved, terms_of
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.sides import side_names
from zabota.contracts.text.tree import Paragraph
from zabota.contracts.text.words import blocks_text

__all__ = ["Duty", "Every", "Side", "Signed", "Unit", "find_duties", "months_later", "next_due"]

MOST = 40
LONGEST = 600
_SENTENCE: Final = re.compile(r"(?<=[.;])[\s\u00a0]+(?=[«A-ZА-ЯЁ{])")
_FIELD: Final = re.compile(r"\{\{([^{}]+)\}\}")
# If something goes wrong, on somebody's demand, or never: no term to be watched.
_APART: Final = re.compile(
    r"неусто|\bпен[яиеюь]|штраф|просроч|при прекращени|по прекращени|прекращения договора"
    r"|по (?:письменному )?требовани|по запросу|претензи|непреодолим|недостат|экспертиз"
    r"|мотивированн\w+ отказ|возражени|гарантийн\w+ срок|ставка ндс|убытк|отказаться"
    r"|обращения в суд|осматрива|проверя|пошлин|^если\b|^where\b|^if\b|\binspects?\b"
    r"|\bpenalt|\bdelay|\bon termination|\bof a request|\bon request|\bclaim|\bdefect"
    r"|\bterminat|\bwarranty period|\bvat rate|\bbreach|\brefusal|contract ends|agreement ends",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"продлевается|пролонг|на новый срок|is renewed|renewal|renews", re.IGNORECASE
)
_ENDS: Final = re.compile(
    r"действует по|действует до|срок аренды|по \{\{[^{}]+\}\} включительно, но"
    r"|remains in force|in force (?:up )?(?:to|until)", re.IGNORECASE
)  # fmt: skip
# In this order: «счёт-фактуру … со дня получения оплаты» is about an invoice.
_KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (what, re.compile(pattern, re.IGNORECASE))
    for what, pattern in (
        ("reconciliation", r"сверяют расч|акт сверки|reconciliation"),
        ("invoice", r"счёт-фактур\w+[^.;]{0,60}(?:выставля|направля)"
                    r"|(?:выставля|направля)\w+[^.;]{0,80}(?:счёт-фактур|универсальн\w+ передат)"),
        ("report", r"отч[её]т(?!н)|после окончания отч[её]тного периода|\breport\b"
                   r"|statement of the services"),
        ("rent", r"арендн\w+ плат|постоянная часть вносится|\brent\b"),
        ("prepayment", r"предварительн\w+ оплат|аванс|предоплат|in advance|\badvance\b"),
        ("balance", r"остат\w+ (?:цены|вознаграждения)|pays the balance|remaining"),
        ("payment", r"оплачива|уплачива|оплатить|уплатить|вносит|плат[её]ж|перечисля|\bpays?\b"
                    r"|\bpayment|выплачива"),
        ("services", r"услуги оказываются|окончание услуг|services (?:start|end)"),
        ("works", r"окончание работ|работы выполн|works (?:end|are completed)"),
        ("handover", r"предоставляет экземпляр|переда[её]т помещение|hands? over"),
        ("delivery", r"поставк|постав(?:ляет|ит)|отгру|переда[её]т|deliver"),
    )
)  # fmt: skip
# «За вычетом зачтённого аванса» speaks of what is paid, not of the advance.
_LESS: Final = re.compile(r",? (?:за вычетом|less the)[^,.;]*,?", re.IGNORECASE)
_PRONOUN: Final = re.compile(r"(?:он[аои]?|it|they)\b", re.IGNORECASE)
_AFTER_ENDS: Final = re.compile(r"[,:]| и засчитывается| и зач[её]тся")
_SELLERS: Final = re.compile(
    r"постав|исполн|подряд|продав|аренд(?:одат)|лиценз(?:иар)|агент|перевоз|займода|хранит"
    r"|suppl|sell|contract|provid|licensor|lessor|landlord|vendor",
    re.IGNORECASE,
)
_BUYERS_OWE: Final = frozenset({"payment", "prepayment", "balance", "rent"})


@dataclass(frozen=True)
class _Reader:
    """A text with what its sides are called."""

    signed: Signed
    names: dict[str, str]
    seller: Side

    def quote(self, text: str) -> str:
        """The words with what stands in the fields."""
        shown = _FIELD.sub(lambda found: self.signed.shown.get(found[1]) or "…", text)
        return " ".join(shown.split())[:LONGEST]

    def side(self, sentence: str, what: str) -> Side:
        """Whose it is: the side named as the subject; else whoever owes such things."""
        first: list[tuple[int, Side]] = []
        for side in ("firm", "client"):
            name = self.names.get(side, "")
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) if name else None
            if found:
                first.append((found.start(), side))
        if first:
            return min(first)[1]
        if not self.names or what in ("reconciliation", "renewal", "ending"):
            return ""
        buyer: Side = "client" if self.seller == "firm" else "firm"
        return buyer if what in _BUYERS_OWE else self.seller


def find_duties(signed: Signed) -> list[Duty]:
    """Obligations in the order of the text, one of a kind per clause; at most `MOST`."""
    names = side_names(signed.document, signed.parties)
    seller: Side = "firm" if _SELLERS.match(names.get("firm", "")) else "client"
    if not _SELLERS.match(names.get("client", "")):
        seller = "firm"
    reader = _Reader(signed, names, seller)
    shown = numbers(signed.document)
    found: list[Duty] = []
    ends = _last_day(signed)
    for clause in clauses_of(signed.document):
        if clause.heading:
            continue
        kinds: set[str] = set()
        number = plain_number(shown.get(clause.id, ""))
        # Tables list what is bought; what their cells say belongs to no sentence.
        blocks = tuple(block for block in clause.blocks if isinstance(block, Paragraph))
        for duty in _of_clause(reader, clause.id, number, blocks_text(blocks), ends):
            is_past = duty.due is not None and duty.due < signed.signed
            if duty.what not in kinds and not is_past:
                kinds.add(duty.what)
                found.append(duty)
    return found[:MOST]


def next_due(due: date, every: str, day: int | None) -> date:
    """When a repeated obligation is due again."""
    return months_later(due, {"month": 1, "quarter": 3, "year": 12}[every], day or due.day)


def _of_clause(
    reader: _Reader, clause: str, number: str, text: str, ends: date | None
) -> Iterator[Duty]:
    sentences = _SENTENCE.split(text)
    for place, sentence in enumerate(sentences):
        if (_APART.search(sentence) and not _NOTICE.search(sentence)) or (
            _is_naught(reader.signed, text)
        ):
            continue
        said = _Said(clause, number, sentences[place - 1] if place else "", sentence)
        if duty := _of_sentence(reader, said, " ".join(sentences[place + 1 : place + 2]), ends):
            yield duty


@dataclass(frozen=True)
class _Said:
    """A sentence of a clause, after the one before it."""

    clause: str
    number: str
    before: str
    sentence: str

    @property
    def kind(self) -> str:
        """What it is about; «она вносится…» is about what was named before."""
        own, before = _kind(self.sentence), _kind(self.before)
        about_before = not own or _PRONOUN.match(self.sentence)
        return (before or own) if about_before and not _APART.search(self.before) else own

    @property
    def whole(self) -> str:
        """With the sentence before, where that says what it is about."""
        alone = _kind(self.sentence) and not _PRONOUN.match(self.sentence)
        return self.sentence if alone or not self.before else f"{self.before} {self.sentence}"


def _of_sentence(reader: _Reader, said: _Said, following: str, ends: date | None) -> Duty | None:
    signed, sentence = reader.signed, said.sentence
    terms = list(terms_of(sentence, signed.values, signed.types))
    if not terms:
        return None
    term, place = terms[0], (said.clause, said.number)
    if _NOTICE.search(sentence) or _ENDS.search(sentence):
        return _of_end(reader, said, terms, ends)
    kind = said.kind
    if not kind or (term.ahead and not term.due):
        return None
    quote, side = reader.quote(said.whole), reader.side(said.whole, kind)
    sum_ = _sum(reader, kind, said.whole) if kind in _BUYERS_OWE else None
    if term.every:
        day = term.day or day_of_month(following, signed.values)
        term = replace(term, day=day)
        due = _first(signed.signed, term)
        return Duty(kind, side, *place, quote, due, every=term.every, day=day, sum=sum_)
    if term.due is not None:
        return Duty(kind, side, *place, quote, _last_of(sentence, signed), sum=sum_)
    due_on = moved(signed.signed, term) if _from_signing(term.rest) else None
    after = "" if due_on else _AFTER_ENDS.split(reader.quote(term.rest).strip(" ,:—"))[0]
    return Duty(kind, side, *place, quote, due_on, term.days, term.unit, after, sum=sum_)


def _of_end(reader: _Reader, said: _Said, terms: list[Term], ends: date | None) -> Duty | None:
    """The day the contract ends; the last day to say that it should not go on, or should."""
    place, quote = (said.clause, said.number), reader.quote(said.sentence)
    if _NOTICE.search(said.sentence):
        notice = next((term for term in terms if term.ahead and term.days), None)
        if notice is None or ends is None:
            return None
        return Duty("renewal", "", *place, quote, moved(ends, notice))
    last = _last_of(said.sentence, reader.signed)
    return Duty("ending", "firm", *place, quote, last) if last else None


def _kind(sentence: str) -> str:
    said = _LESS.sub("", sentence)
    return next((what for what, pattern in _KINDS if pattern.search(said)), "")


def _from_signing(rest: str) -> bool:
    """Whether days run from the day the contract was signed."""
    return bool(
        re.search(
            r"(?:подписания|заключения)(?:\s+(?:настоящего\s+)?(?:договора|соглашения|контракта)"
            r"|\s+обеими|[\s.;,]*$)|(?:of|after) (?:its )?(?:signing|signature)(?! of the s)"
            r"|effective date",
            rest,
            re.IGNORECASE,
        )
    )


def _last_of(sentence: str, signed: Signed) -> date | None:
    """«с … по …»: the last of several dates."""
    days = [
        term.due for term in terms_of(sentence, signed.values, signed.types) if term.due is not None
    ]
    return max(days, default=None)


def _last_day(signed: Signed) -> date | None:
    """The day the contract ends by its own words."""
    for clause in clauses_of(signed.document):
        text = blocks_text(clause.blocks)
        if _ENDS.search(text) and (day := _last_of(text, signed)):
            return day
    return None


def _first(signed: date, term: Term) -> date:
    """The first time a repeated obligation is due: the named day after the signing."""
    day = term.day or 31
    due = months_later(signed, 0, day)
    if due <= signed:
        due = months_later(signed, 1, day)
    if term.every == "quarter":
        # The named day of the month that follows the quarter.
        while due.month not in (1, 4, 7, 10):
            due = months_later(due, 1, day)
    return due


def _is_naught(signed: Signed, text: str) -> bool:
    """«Если указан ноль, предварительная оплата не вносится»: and it is."""
    return any(
        signed.types.get(name) == "percent" and _number(signed.values.get(name, "")) == 0
        for name in _FIELD.findall(text)
    )


def _sum(reader: _Reader, kind: str, sentence: str) -> Decimal | None:
    """How much, where the fields say it: a share of the price, the rest of it, a named sum."""
    signed = reader.signed
    for name in _FIELD.findall(sentence):
        if signed.types.get(name) == "money":
            return _number(signed.values.get(name, ""))
    price = _number(signed.values.get("price", ""))
    share = _number(signed.values.get("prepayment_percent", ""))
    if price is None or share is None:
        return price if kind == "rent" else None
    if kind == "prepayment":
        return (price * share / 100).quantize(Decimal("0.01"))
    return (price * (100 - share) / 100).quantize(Decimal("0.01")) if kind == "balance" else None


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
