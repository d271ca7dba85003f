"""The verbs of cases and promises. Domain actions call these inside their own transaction."""

from zabota.cases.actions.beyond import Beyond, answer_beyond, go_beyond, relay_beyond
from zabota.cases.actions.cases import change_owner, look_as_client, open_case, touch_case
from zabota.cases.actions.escalate import escalate_promise, lead_of, warn_of_promise
from zabota.cases.actions.explain import (
    Explained,
    ask_to_explain,
    explain_promise,
    name_explained_to,
    raise_unexplained,
)
from zabota.cases.actions.hold import Hold, rank_holders, set_holders
from zabota.cases.actions.links import hold_together, link_cases, undo_link, unlink_cases
from zabota.cases.actions.look_on import let_look_on, stop_looking_on
from zabota.cases.actions.measure import measure_promises
from zabota.cases.actions.numbers import next_number
from zabota.cases.actions.pass_on import pass_on_cases
from zabota.cases.actions.promises import (
    drop_promise,
    keep_promise,
    lay_promise,
    pause_promise,
    renegotiate_promise,
    resume_promise,
    start_promise,
    store_promises,
)
from zabota.cases.actions.remind import remind_of_promise
from zabota.cases.actions.scripts import (
    WrittenScript,
    close_script,
    do_step,
    forget_heard,
    offer_script,
    set_script,
    undo_step,
)
from zabota.cases.actions.settle_rule import settle_rule
from zabota.cases.actions.take_back import take_back_beyond
from zabota.cases.actions.verdicts import ask_verdict, forget_verdicts, give_verdict
from zabota.cases.actions.worth import rank_by_worth

__all__ = [
    "Beyond",
    "Explained",
    "Hold",
    "WrittenScript",
    "answer_beyond",
    "ask_to_explain",
    "ask_verdict",
    "change_owner",
    "close_script",
    "do_step",
    "drop_promise",
    "escalate_promise",
    "explain_promise",
    "forget_heard",
    "forget_verdicts",
    "give_verdict",
    "go_beyond",
    "hold_together",
    "keep_promise",
    "lay_promise",
    "lead_of",
    "let_look_on",
    "link_cases",
    "look_as_client",
    "measure_promises",
    "name_explained_to",
    "next_number",
    "offer_script",
    "open_case",
    "pass_on_cases",
    "pause_promise",
    "raise_unexplained",
    "rank_by_worth",
    "rank_holders",
    "relay_beyond",
    "remind_of_promise",
    "renegotiate_promise",
    "resume_promise",
    "set_holders",
    "set_script",
    "settle_rule",
    "start_promise",
    "stop_looking_on",
    "store_promises",
    "take_back_beyond",
    "touch_case",
    "undo_link",
    "undo_step",
    "unlink_cases",
    "warn_of_promise",
]
