"""The verbs of contracts. `grep approve_stage` shows a feature in every layer."""

from zabota.contracts.actions.alternatives import (
    replace_alternative,
    set_limits,
    withdraw_alternative,
    write_alternative,
)
from zabota.contracts.actions.answer import (
    accept_change,
    agree_with_answer,
    counter_change,
    reject_change,
)
from zabota.contracts.actions.approve import approve_stage
from zabota.contracts.actions.beforehand import take_alternative
from zabota.contracts.actions.draft import (
    add_clause,
    delete_clause,
    move_clause,
    restore_clause,
    revert_clause,
    save_clause,
    save_values,
)
from zabota.contracts.actions.draft_rows import change_rows
from zabota.contracts.actions.editions import change_edition, put_in_force, withdraw_edition
from zabota.contracts.actions.forms import add_form, change_form, import_form, open_template
from zabota.contracts.actions.give_back import return_stage
from zabota.contracts.actions.last_time import accept_agreed_before, take_last_wording
from zabota.contracts.actions.own_route import (
    answer_colleague,
    ask_colleague,
    open_step,
    promise_own_answer,
    remind_colleague,
    withdraw_colleague,
)
from zabota.contracts.actions.pass_on import pass_on_seats
from zabota.contracts.actions.passport import type_passport
from zabota.contracts.actions.reassign import reassign_stage
from zabota.contracts.actions.relay import relay_all_holders, relay_holders
from zabota.contracts.actions.routes import mark_for_papers, move_to_newer_route, save_route
from zabota.contracts.actions.share import (
    register_contract,
    share_contract,
    withdraw_contract,
)
from zabota.contracts.actions.shipped import install_shipped_forms, lay_shipped_forms
from zabota.contracts.actions.signing import (
    Authority,
    add_scan,
    ask_signing_code,
    begin_signing,
    bind_exchange,
    lapse_signing,
    miss_signatories,
    pass_signature,
    receive_original,
    refuse_signature,
    send_original,
    sign_contract,
    stop_signing,
)
from zabota.contracts.actions.sooner import answer_sooner, ask_sooner
from zabota.contracts.actions.start import start_contract
from zabota.contracts.actions.submit import submit_contract
from zabota.contracts.actions.talk import attach_file, comment, remove_file, turn_comment

__all__ = [
    "Authority",
    "accept_agreed_before",
    "accept_change",
    "add_clause",
    "add_form",
    "add_scan",
    "agree_with_answer",
    "answer_colleague",
    "answer_sooner",
    "approve_stage",
    "ask_colleague",
    "ask_signing_code",
    "ask_sooner",
    "attach_file",
    "begin_signing",
    "bind_exchange",
    "change_edition",
    "change_form",
    "change_rows",
    "comment",
    "counter_change",
    "delete_clause",
    "import_form",
    "install_shipped_forms",
    "lapse_signing",
    "lay_shipped_forms",
    "mark_for_papers",
    "miss_signatories",
    "move_clause",
    "move_to_newer_route",
    "open_step",
    "open_template",
    "pass_on_seats",
    "pass_signature",
    "promise_own_answer",
    "put_in_force",
    "reassign_stage",
    "receive_original",
    "refuse_signature",
    "register_contract",
    "reject_change",
    "relay_all_holders",
    "relay_holders",
    "remind_colleague",
    "remove_file",
    "replace_alternative",
    "restore_clause",
    "return_stage",
    "revert_clause",
    "save_clause",
    "save_route",
    "save_values",
    "send_original",
    "set_limits",
    "share_contract",
    "sign_contract",
    "start_contract",
    "stop_signing",
    "submit_contract",
    "take_alternative",
    "take_last_wording",
    "turn_comment",
    "type_passport",
    "withdraw_alternative",
    "withdraw_colleague",
    "withdraw_contract",
    "withdraw_edition",
    "write_alternative",
]
