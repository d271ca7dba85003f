"""Why a message may leave at all. Without a case only service purposes; those are never
digested.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy


@dataclass(frozen=True)
class Purpose:
    """A reason to write: the subject in the reader's language, and whether it may wait for
    others.
    """

    slug: str
    subject: LazyText
    button: LazyText
    service: bool = False
    # The subject of several of this purpose in one letter.
    several: Any = None
    # Whether it waits a little for more of its kind.
    gathers: bool = False
    # Whether it waits for nothing that is on its way to the same reader.
    hurries: bool = False
    # Whether it brings a code, which is over long before anybody could send it again.
    bears_code: bool = False
    # Whether something is done for a client with it: then the letter bears a link to say thank you.
    thanks: bool = False
    # Whether what waits of this service for one reader is one letter: a receipt earns and spends.
    together: bool = False
    # Whether a person of ours wrote it: then it does not call itself a machine's.
    by_person: bool = False


_ALL = (
    Purpose(
        "sign_in",
        _("{firm}: your code to sign in is {code}"),
        _("Sign in"),
        service=True,
        bears_code=True,
    ),
    Purpose(
        "room_invited",
        _("{firm} invites you to the client’s room"),
        _("Open the room"),
        service=True,
    ),
    Purpose("bot_hello", pgettext_lazy("bot", "Write to us"), _("Open"), service=True),
    Purpose("bot_linked", _("Connected"), _("Open"), service=True),
    Purpose("bot_link_over", _("The link is over"), _("Open"), service=True),
    Purpose("staff_notice", _("{case}"), _("Open"), service=True),
    Purpose("gift", _("{firm}: something for you"), _("Look"), service=True),
    Purpose("thanks", _("{firm}: thank you"), _("Open the envelope"), service=True),
    Purpose("contract_news", _("{case}: news"), _("Open the contract")),
    Purpose(
        "contract_answers",
        _("{case}: answers to your changes"),
        _("Open the contract"),
        gathers=True,
    ),
    Purpose("contract_turn", _("{case}: your answer is needed"), _("Open the contract")),
    Purpose("contract_task", _("{case}: waiting for your decision"), _("Open the stage")),
    Purpose("contract_agreed", _("{case}: the contract is agreed"), _("Open the contract")),
    Purpose("contract_sign", _("{case}: your signature is needed"), _("Read and sign")),
    Purpose(
        "contract_signed", _("{case}: signed by both sides"), _("Open the contract"), thanks=True
    ),
    Purpose(
        "sign_code",
        _("{firm}: code {code} to sign {case}"),
        _("Open the contract"),
        service=True,
        bears_code=True,
    ),
    Purpose("contract_again", _("{case}: returned again without changes"), _("Open the contract")),
    Purpose("contract_comment", _("{case}: a new comment"), _("Read and answer")),
    Purpose(
        "own_route", _("{name} asks you to look at a contract"), _("Open the text"), service=True
    ),
    Purpose(
        "ticket_receipt", _("We received your request: {case}"), _("Open the request"), service=True
    ),
    Purpose("ticket_task", _("{case}: a new request"), _("Open the request")),
    Purpose("ticket_said", _("{case}: the client wrote"), _("Open the request")),
    Purpose("ticket_news", _("{case}: news"), _("Open the request"), gathers=True),
    Purpose("ticket_reply", _("{case}: our answer"), _("Read and answer")),
    Purpose("ticket_turn", _("{case}: your answer is needed"), _("Answer")),
    Purpose("ticket_verdict", _("{case}: did it help?"), _("Answer"), thanks=True),
    Purpose("ticket_thought", _("{case}: what the client thought"), _("Open the request")),
    Purpose("ticket_called", _("{case}: a colleague calls you"), _("Open the request")),
    Purpose("ticket_given", _("{case}: who has it now"), _("Open the request")),
    Purpose("mention_thanks", _("{firm} thanks you"), _("Open the room"), by_person=True),
    Purpose("mention_task", _("{case}: thank whoever wrote"), _("Open the mention"), gathers=True),
    Purpose("alarm", _("{case}: an escalation"), _("Read and take up"), hurries=True),
    Purpose("alarm_call", _("{case}: you are on call"), _("Read and take up"), service=True),
    Purpose("alarm_news", _("{case}: the escalation is taken up"), _("Open"), hurries=True),
    Purpose("ticket_ended", _("{case}: finished"), _("Open the request"), thanks=True),
    Purpose("hold_news", _("{case}: what is kept for you"), _("Open"), gathers=True),
    Purpose("hold_lapses", _("{case}: the time is running out"), _("Pay or keep it for longer")),
    Purpose("hold_task", _("{case}: news of a hold"), _("Open")),
    Purpose("order_news", _("{case}: news"), _("Open the order"), gathers=True),
    Purpose("order_invoice", _("{case}: an invoice for you"), _("Open the order")),
    Purpose("delay_choice", _("{case}: it will be late, choose what to do"), _("Choose")),
    Purpose("delay_task", _("{case}: a delay"), _("Open")),
    Purpose("act_task", _("{case}: asked for by a client"), _("Make it")),
    Purpose("act_ready", _("{case}: ready"), _("Open")),
    Purpose("explain_task", _("{case}: explain why a promise was broken"), _("Explain")),
    Purpose("promise_explained", _("{case}: why a promise was broken"), _("Open")),
    Purpose("promise_unexplained", _("{case}: a broken promise is not explained"), _("Open")),
    Purpose("why_broken", _("{case}: why we were late"), _("Open")),
    Purpose("beyond_task", _("{case}: may we go beyond the rules?"), _("Answer")),
    Purpose(
        "points_news",
        _("{firm}: your points"),
        _("Open my points"),
        service=True,
        together=True,
    ),
    Purpose(
        "points_expire",
        _("{firm}: until when your points last"),
        _("Open my points"),
        service=True,
        together=True,
    ),
    Purpose("rule_made", _("A new rule of the firm"), _("Open"), service=True),
    Purpose("beyond_news", _("{case}: beyond the rules"), _("Open")),
    Purpose("beyond_told", _("{case}: we did something more for you"), _("Open")),
    Purpose("referral_task", _("{case}: somebody waits for you"), _("Open")),
    Purpose("referral_thanked", _("{firm}: thank you"), _("Open"), service=True),
    Purpose("referral_letter", _("A letter to forward"), _("Open the page"), service=True),
    Purpose("promise_reminded", _("{case}: you are reminded of a promise"), _("Open")),
    Purpose(
        "promise_in_danger",
        _("{case}: a promise is in danger"),
        _("Open"),
        several=ngettext_lazy(
            "%(count)d promise in danger", "%(count)d promises in danger", "count"
        ),
    ),
    Purpose(
        "promise_broken",
        _("{case}: a promise was not kept in time"),
        _("Open"),
        several=ngettext_lazy("%(count)d promise overdue", "%(count)d promises overdue", "count"),
    ),
)
# What a bot says of itself.
GREETINGS = {
    "bot_hello": _(
        "This is %(firm)s. Write here what it is about, add photographs or files: you will read at"
        " once by when a person answers, and the answer comes here."
    ),
    "bot_linked": _(
        "Connected: from now on %(firm)s knows that it is you who writes here, and answers here."
    ),
    "bot_link_over": _(
        "This link is over. Make a new one on your page in the room of %(firm)s; or simply write"
        " here what it is about."
    ),
}
PURPOSES = {purpose.slug: purpose for purpose in _ALL}
