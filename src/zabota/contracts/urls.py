"""Addresses of one contract, for both sides; lists, forms and routes have lists of their own."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from zabota.clients.access import room_page
from zabota.contracts.desk import (
    answers,
    decisions,
    disagreements,
    passport,
    word_answers,
    word_forms,
)
from zabota.contracts.desk import contract as desk_contract
from zabota.contracts.pages import (
    beforehand,
    checking,
    clause_words,
    contract,
    drafting,
    obligations,
    original,
    signing,
    start,
    submitting,
    talking,
)
from zabota.contracts.portal.disagreements import insist_page
from zabota.people.access import staff_page

type Door = Callable[[Any], Any]
ONE = "contracts/<id:pk>/"


def _both(door: Door, prefix: str) -> list[URLPattern]:
    """What both sides have: the same pages behind another door."""

    def at(route: str, page: Any, name: str) -> URLPattern:
        return path(f"{ONE}{route}", door(page), name=f"{prefix}-{name}")

    clause = "clauses/<slug:clause>/"
    return [
        at("live/", contract.live_part, "contract-live"),
        at("check/", checking.check_part, "check-text"),
        at("values/", drafting.save_values_page, "save-values"),
        at("submit/", submitting.submit_page, "submit-contract"),
        at("withdraw/", submitting.withdraw_page, "withdraw-contract"),
        at(clause, drafting.clause_page, "save-clause"),
        at(f"{clause}redline/", clause_words.redline_page, "redline-clause"),
        at(f"{clause}variant/", beforehand.take_alternative_page, "take-alternative"),
        at(f"{clause}last-time/", start.take_last_page, "take-last-wording"),
        at(f"{clause}<slug:verb>/", drafting.change_order_page, "change-order"),
        at("comments/", talking.comment_page, "comment"),
        at("comments/<id:comment_pk>/turn/", talking.turn_comment_page, "turn-comment"),
    ]


room_urls: list[URLPattern] = [
    path(ONE, room_page(contract.contract_page), name="room-contract"),
    *_both(room_page, "room"),
    path(f"{ONE}sooner/", room_page(talking.sooner_page), name="ask-sooner"),
    path(
        f"{ONE}changes/<id:change_pk>/agree/",
        room_page(talking.agree_page),
        name="agree-with-answer",
    ),
    path(
        f"{ONE}changes/<id:change_pk>/insist/",
        room_page(insist_page),
        name="insist-on-wording",
    ),
]

desk_urls: list[URLPattern] = [
    path(ONE, staff_page(desk_contract.contract_page), name="desk-contract"),
    *_both(staff_page, "desk"),
    path(
        f"{ONE}as-client/",
        desk_contract.through_eyes(desk_contract.as_client_page),
        name="as-client",
    ),
    path(
        f"{ONE}as-client/live/",
        desk_contract.through_eyes(contract.live_part),
        name="as-client-live",
    ),
    path(f"{ONE}share/", staff_page(submitting.share_page), name="share-contract"),
    path(f"{ONE}answer-sooner/", staff_page(talking.answer_sooner_page), name="answer-sooner"),
    path(f"{ONE}accept-all/", staff_page(answers.accept_all_page), name="accept-all"),
    path(f"{ONE}reject-all/", staff_page(answers.reject_all_page), name="reject-all"),
    path(f"{ONE}answer-word/", staff_page(word_answers.answer_word_page), name="answer-word"),
    path(f"{ONE}accept-agreed/", staff_page(answers.accept_agreed_page), name="accept-agreed"),
    path(
        f"{ONE}disagreements/send/",
        staff_page(disagreements.send_disagreements_page),
        name="send-disagreements",
    ),
    path(
        f"{ONE}disagreements/ending/",
        staff_page(disagreements.choose_ending_page),
        name="choose-ending",
    ),
    path(
        f"{ONE}word-form/",
        staff_page(word_forms.confirm_word_form_page),
        name="confirm-word-form",
    ),
    path(f"{ONE}passport/", staff_page(passport.type_passport_page), name="type-passport"),
    path(f"{ONE}signing/stop/", staff_page(signing.stop_signing_page), name="stop-signing"),
    path(
        f"{ONE}signing/received/",
        staff_page(original.receive_original_page),
        name="receive-original",
    ),
    path(f"{ONE}signing/exchange/", staff_page(original.bind_exchange_page), name="bind-exchange"),
    path(
        f"{ONE}signing/operator.zip",
        staff_page(original.operator_package_page),
        name="operator-package",
    ),
    path(f"{ONE}register/", staff_page(decisions.register_page), name="register-contract"),
    path(f"{ONE}obligations/add/", staff_page(obligations.add_page), name="add-obligation"),
    *(
        path(
            f"{ONE}obligations/<id:row_pk>/{verb}/",
            staff_page(obligations.settle_page),
            {"verb": verb},
            name=f"{verb}-obligation",
        )
        for verb in ("confirm", "dismiss", "move", "end")
    ),
    path("stages/<id:pk>/", staff_page(decisions.stage_page), name="stage"),
    path("stages/<id:pk>/approve/", staff_page(decisions.approve_page), name="approve-stage"),
    path(
        "stages/<id:pk>/approve-with-remark/",
        staff_page(decisions.approve_with_remark_page),
        name="approve-stage-with-remark",
    ),
    path("stages/<id:pk>/return/", staff_page(decisions.return_page), name="return-stage"),
    path("stages/<id:pk>/reassign/", staff_page(decisions.reassign_page), name="reassign-stage"),
    path("changes/<id:pk>/counter/", staff_page(answers.counter_page), name="counter-change"),
    path("changes/<id:pk>/<slug:verb>/", staff_page(answers.answer_page), name="answer-change"),
]
