"""What a person said in requests, for whoever takes their data along."""

from typing import Any

from zabota.cases.models import StepDone, Verdict
from zabota.clients.models import Contact
from zabota.tickets.models import Remark


def told_of(contact: Contact) -> dict[str, Any]:
    """Their lines in threads with the files they added, what they thought of the end, what our
    people noted of their answers by a script.
    """
    said = Remark.objects.filter(contact=contact).select_related("ticket__case")
    thought = Verdict.objects.filter(contact=contact).select_related("case").order_by("pk")
    heard = StepDone.objects.filter(following__case__ticket__contact=contact).exclude(note="")
    return {
        "heard": [
            {"at": done.done_at.isoformat(), "words": done.note} for done in heard.order_by("pk")
        ],
        "requests": [
            {
                "request": remark.ticket.case.number,
                "at": remark.made_at.isoformat(),
                "words": remark.text,
                "files": [file.name for file in remark.files.all()],
            }
            for remark in said.prefetch_related("files").order_by("pk")
        ],
        "answers": [
            {
                "request": verdict.case.number,
                "asked": verdict.asked_at.isoformat(),
                "given": verdict.given_at.isoformat() if verdict.given_at else None,
                "helped": verdict.helped,
                "effort": verdict.effort,
                "words": verdict.words,
            }
            for verdict in thought
        ],
    }
