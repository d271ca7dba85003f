"""Why now, and what is the next step: each open promise in plain words, from facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from zabota.cases.models import PromiseState, Through, Turn
from zabota.cases.moments import (
    BEYOND_ANSWER,
    CONTRACT_AGAIN,
    CONTRACT_AGREED,
    CONTRACT_ANSWER,
    CONTRACT_DUTY,
    CONTRACT_ORIGINAL,
    CONTRACT_SIGNATURE,
    CONTRACT_SOONER,
    CONTRACT_STAGE,
    EXPLANATION,
    HOLD_RESCUE,
    MENTION_THANKS,
    REFERRAL_CONTACT,
    REFERRAL_DECISION,
    REFERRAL_THANKS,
    TICKET_ALARM,
    TICKET_NEWS,
    TICKET_REPLY,
    TICKET_SOLUTION,
    what_was_promised,
)
from zabota.common import formats
from zabota.common.names import row_person
from zabota.contracts.models import ChangeState
from zabota.contracts.reading.who import names_line, stage_title
from zabota.home.reading.held import Held
from zabota.home.reading.holds.why import of_hold
from zabota.tickets.models import Meaning

MOST_NUMBERS = 5
REFUSED = (ChangeState.REJECTED, ChangeState.COUNTERED)

# What is done next about a recommendation, and on which page of it.
REFERRAL_STEPS = {
    REFERRAL_CONTACT: (gettext_lazy("We talked"), "talk/"),
    REFERRAL_DECISION: (gettext_lazy("Decide"), "decide/"),
    REFERRAL_THANKS: (gettext_lazy("Say thank you"), ""),
}

type Row = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """The next step: a link, or a button that does it at once."""

    label: str
    url: str
    at_once: bool = False


def why_now(row: Row, held: Held, language: str, at: datetime) -> str:
    """What changed, what is asked, by when the client needs it, for whom one stands in."""
    match row["promise__moment_id"]:
        case "contract_stage":
            said = [_of_stage(row, held)]
        case "contract_answer":
            waiting = _open(held.changes.get(row["case_id"], ()))
            said = [clauses_line(waiting, gettext("Waiting for an answer: %(numbers)s."))]
        case "contract_sooner":
            said = [gettext("The client asks to have it sooner.")]
        case "contract_again":
            said = [gettext("A clause was returned once more although nobody changed it.")]
        case "contract_signature":
            said = [gettext("The text is fixed and waits to be signed by our side.")]
        case "contract_original":
            said = [gettext("The contract waits for its signed original.")]
        case "contract_agreed":
            said = [_of_whole(row, held, language)]
        case "ticket_reply" | "ticket_solution":
            said = [_of_request(row, held)]
        case "ticket_news":
            said = [gettext("The client waits to hear how it goes."), _of_request(row, held)]
        case "contract_duty":
            said = [_of_duty(row, language)]
        case "beyond_answer":
            said = [_of_beyond(row, language)]
        case "ticket_alarm":
            said = [_of_alarm(row)]
        case "explanation":
            said = [_of_explanation(row, language)]
        case "hold_rescue":
            said = [of_hold(row, language, at)]
        case "mention_thanks":
            said = [gettext("Somebody wrote or said something of us.")]
        case "referral_contact":
            said = [gettext("A client recommended us to them; they wait to hear from us.")]
        case "referral_decision":
            said = [gettext("A check found something: decide whether to thank.")]
        case "referral_thanks":
            said = [gettext("The rules give nothing here: say thank you yourself.")]
        case str(moment) if moment.startswith(("order_", "delay_", "act_")):
            words = row["promise__words_en" if language == "en" else "promise__words_ru"]
            said = [f"{words}."]
        case _:
            said = []
    said += [_needed(row["case__needed_by"], at, language), _standing_in(row)]
    return " ".join(sentence for sentence in said if sentence)


def _of_duty(row: Row, language: str) -> str:
    """What is owed, and by whom: the client's own obligation is only watched."""
    words = row["promise__words_en" if language == "en" else "promise__words_ru"]
    if row["promise__turn"] == Turn.THEIRS:
        return gettext("%(words)s — the client’s obligation.") % {"words": words}
    return f"{words}."


def _of_beyond(row: Row, language: str) -> str:
    """What a colleague asks to do, and its cost."""
    cost = formats.money(
        row["promise__deviation__cost"], row["promise__deviation__currency"], language
    )
    asked = {"rule": row["promise__deviation__rule"], "cost": cost}
    return gettext("May we go beyond the rules: %(rule)s? It costs %(cost)s.") % asked


def _of_alarm(row: Row) -> str:
    """What it means; the words themselves stand on its page."""
    meaning = Meaning(row["promise__alarm__meaning"]).label
    return gettext("Escalated: %(meaning)s.") % {"meaning": meaning}


def _of_explanation(row: Row, language: str) -> str:
    """What was not kept, and to whom one says why; an hour later, that nobody did."""
    broken = "promise__explains__promise__"
    names = (row[f"{broken}{name}"] for name in ("moment_id", "words_ru", "words_en"))
    words = what_was_promised(*names)["en" if language == "en" else "ru"]
    facts = {"words": words, "name": row_person(row, "promise__explains__to__user__")}
    if row["promise__explains__raised_at"] is not None:
        return gettext("Nobody has explained why it was late: “%(words)s”.") % facts
    return gettext("It was late: “%(words)s”. Say why to %(name)s.") % facts


def _of_request(row: Row, held: Held) -> str:
    """The client's own words; of what waits for them, what we asked."""
    if row["promise__state"] == PromiseState.PAUSED:
        asked = held.asked.get(row["promise_id"], "").strip()
        return gettext("Waiting for the client: %(asked)s") % {"asked": asked}
    return gettext("“%(words)s”") % {"words": row["case__ticket__said"]}


def _step_of_request(row: Row) -> Step:
    page = f"/desk/tickets/{row['case_id']}/"
    if row["case__ticket__taken_by"] is None:
        return Step(gettext("Take it"), f"{page}take/", at_once=True)
    if row["promise__state"] == PromiseState.PAUSED:
        return Step(gettext("Look"), page)
    return Step(gettext("Answer"), page)


def next_step(row: Row, held: Held) -> Step:
    """What there is to do; what departs in nothing is agreed in one click."""
    page = f"/desk/contracts/{row['case_id']}/"
    moment, paused = row["promise__moment_id"], row["promise__state"] == PromiseState.PAUSED
    if moment == CONTRACT_STAGE and not paused:
        mine = _mine(row, held)
        waiting = len(_open(mine))
        if waiting:
            label = ngettext("Open %(count)d clause", "Open %(count)d clauses", waiting)
            return Step(label % {"count": waiting}, page)
        if any(change["state"] in REFUSED for change in mine):
            return Step(gettext("Return to the client"), page)
        if row["case__contract__foreign_paper"]:
            return Step(gettext("Read"), page)
        approve = f"/desk/stages/{row['promise__stage__pk']}/approve/"
        return Step(gettext("Approve"), approve, at_once=True)
    if moment == CONTRACT_DUTY:
        return Step(gettext("Note as met"), f"{page}obligations/#under-way")
    if moment == CONTRACT_ANSWER:
        return Step(gettext("Answer the changes"), page)
    if moment == CONTRACT_SOONER:
        return Step(gettext("Answer"), page)
    if moment == CONTRACT_SIGNATURE:
        return Step(gettext("Read and sign"), f"{page}signing/")
    if moment == CONTRACT_ORIGINAL:
        return Step(gettext("Look"), f"{page}signing/")
    if moment in (TICKET_REPLY, TICKET_SOLUTION):
        return _step_of_request(row)
    if moment == TICKET_NEWS:
        return Step(gettext("Say how it goes"), f"/desk/tickets/{row['case_id']}/#text")
    if moment == BEYOND_ANSWER:
        return Step(gettext("Answer"), f"/desk/beyond/{row['promise__deviation__pk']}/")
    if moment == TICKET_ALARM:
        return Step(gettext("Take up"), f"/desk/alarms/{row['promise__alarm__pk']}/")
    if moment == HOLD_RESCUE:
        return Step(gettext("Save it"), f"/desk/orders/holds/{row['case_id']}/")
    if moment == MENTION_THANKS:
        return Step(gettext("Thank"), f"/desk/mentions/{row['case_id']}/")
    if moment in REFERRAL_STEPS:
        named, verb = REFERRAL_STEPS[moment]
        return Step(str(named), f"/desk/referrals/{row['case_id']}/{verb}")
    if moment == EXPLANATION:
        return Step(gettext("Explain"), f"/desk/explanations/{row['promise__explains__pk']}/")
    if moment in (CONTRACT_AGREED, CONTRACT_AGAIN):
        return Step(gettext("Look"), page)
    return Step(gettext("Open"), f"/desk/cases/{row['case_id']}/")


def _mine(row: Row, held: Held) -> list[Row]:
    """Changes this stage answers: of its direction, and those whose direction no stage has."""
    covered = {stage["concern"] for stage in held.stages.get(row["case_id"], ())}
    concern = row["promise__stage__concern"]
    return [
        change
        for change in held.changes.get(row["case_id"], ())
        if change["concern"] == concern or change["concern"] not in covered
    ]


def _open(changes: Iterable[Row]) -> list[Row]:
    return [change for change in changes if change["state"] == ChangeState.OPEN]


def _of_stage(row: Row, held: Held) -> str:
    changes = _mine(row, held)
    waiting = _open(changes)
    if waiting:
        return clauses_line(waiting, gettext("The client changed: %(numbers)s."))
    if any(change["state"] in REFUSED for change in changes):
        return gettext("Not everything was accepted: the contract goes back to the client.")
    if changes:
        return gettext("All changes of your direction are accepted.")
    if row["case__contract__foreign_paper"]:
        return gettext("The text is on the client’s own paper.")
    if held.changes.get(row["case_id"]):
        return gettext("Nothing was changed in your direction.")
    return gettext("Everything follows our form, nothing departs from it.")


def _of_whole(row: Row, held: Held, language: str) -> str:
    """For whoever answers for the contract: where it is now."""
    if row["promise__state"] == PromiseState.PAUSED:
        asked = held.asked.get(row["promise_id"], "").strip()
        if not asked:
            return gettext("Waiting for the client.")
        return gettext("Waiting for the client: %(asked)s") % {"asked": asked}
    now = []
    for stage in held.stages.get(row["case_id"], ()):
        if stage["promise__state"] == PromiseState.RUNNING:
            title = stage_title(stage, language)
            names = names_line(held.holders.get(stage["promise_id"], ()))
            now.append(f"{title} — {names}" if names else title)
    return gettext("Now: %(stages)s.") % {"stages": "; ".join(now)} if now else ""


def clauses_line(changes: list[Row], sentence: str) -> str:
    """«пп. 3.3, 7.2»: numbers of clauses, each once; where they have none, how many there are."""
    names = (change["called"] or change["number"] for change in changes)
    numbers = list(dict.fromkeys(filter(None, names)))
    if not numbers:
        count = len(changes)
        words = ngettext("%(count)d change", "%(count)d changes", count) % {"count": count}
        return sentence % {"numbers": words}
    # «2.3, б» is one clause: beside others it is parted by more than a comma.
    between = "; " if len(numbers) > 1 and any("," in number for number in numbers) else ", "
    shown, rest = between.join(numbers[:MOST_NUMBERS]), len(numbers) - MOST_NUMBERS
    words = ngettext("clause %(numbers)s", "clauses %(numbers)s", len(numbers)) % {"numbers": shown}
    if rest > 0:
        words = ngettext("%(words)s and %(rest)d more", "%(words)s and %(rest)d more", rest) % {
            "words": words,
            "rest": rest,
        }
    return sentence % {"numbers": words}


def _needed(day: date | None, at: datetime, language: str) -> str:
    if day is None:
        return ""
    today = at.astimezone(timezone.get_current_timezone()).date()
    return gettext("The client needs it by %(day)s.") % {"day": formats.day(day, today, language)}


def _standing_in(row: Row) -> str:
    if name := row_person(row, "for_employee__user__"):
        return gettext("Standing in for: %(name)s.") % {"name": name}
    if row["promise__moment_id"] == EXPLANATION:
        # Whoever had the promise may still say why; it only stands before the director, too.
        return ""
    match row["through"]:
        case Through.LEAD:
            return gettext("It came to you as the lead: nobody else can settle it now.")
        case Through.ADMINISTRATOR | Through.LAST_RESORT:
            return gettext("It came to you because nobody else can settle it now.")
    return ""
