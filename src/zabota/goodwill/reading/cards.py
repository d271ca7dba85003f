"""Letters to visiting cards, as they stand before the employee whose card it is."""

from zabota.common.questions import One, Question
from zabota.goodwill.models import CardLetter

MOST = 20

_waiting: Question[CardLetter] = Question(
    lambda employee: (
        CardLetter.objects.waiting()
        .filter(card__employee=employee)
        .select_related("letter", "card__good")
        .order_by("-pk")[:MOST]
    ),
    employee=One(),
)


def waiting_letters(employee: int) -> list[CardLetter]:
    """Who wrote to somebody's card and has no answer yet, the newest first. One query."""
    return _waiting(employee=employee)
