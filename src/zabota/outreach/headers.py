"""What a letter says to mail programs: where to answer, what it belongs to, who sent it."""

from zabota.outreach.models import Brings, Mailbox, Message
from zabota.outreach.purposes import PURPOSES
from zabota.outreach.tokens import reply_address


def headers_of(first: Message, messages: list[Message]) -> dict[str, str]:
    """The fields of one mail of one or several messages to the same reader.

    An answer comes back to an address that names this letter, thus its case and its recipient; by
    the references mail programs show all letters of a case as one conversation.
    """
    headers = {"Message-ID": first.message_id}
    if not PURPOSES[first.purpose].by_person:
        answers = first.in_answer_to_id is not None
        headers["Auto-Submitted"] = "auto-replied" if answers else "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"
    if reply_to := _reply_to(first):
        headers["Reply-To"] = reply_to
    return headers | _references(first, messages)


def _reply_to(first: Message) -> str:
    """Nowhere, while no mailbox is set up: then an answer goes to whom the letter is from."""
    letter = first.in_answer_to
    mailbox = letter.mailbox if letter else None
    if mailbox is None or mailbox.closed_at is not None or not mailbox.address:
        open_ones = Mailbox.objects.filter(closed_at=None, brings=Brings.LETTERS).exclude(
            address=""
        )
        mailbox = open_ones.order_by("pk").first()
    if mailbox is None:
        return ""
    return reply_address(mailbox.address, first.pk) if mailbox.plus else mailbox.address


def _references(first: Message, messages: list[Message]) -> dict[str, str]:
    """The first and the latest letter to this reader about the same case, and the letter of theirs
    that is answered.
    """
    cases = {message.case_id for message in messages}
    earlier: list[str] = []
    if len(cases) == 1 and first.case_id is not None:
        sent = Message.objects.filter(
            case=first.case_id, address=first.address, sent_with=None, sent_at__isnull=False
        )
        ends = (sent.order_by("pk").first(), sent.order_by("-pk").first())
        earlier = [row.message_id for row in ends if row is not None]
    answered = first.in_answer_to.message_id if first.in_answer_to else ""
    if answered:
        earlier.append(answered)
    if not earlier:
        return {}
    return {"In-Reply-To": earlier[-1], "References": " ".join(dict.fromkeys(earlier))}
