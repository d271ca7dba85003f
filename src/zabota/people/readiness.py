"""How ready teams are: who of each passed a drill of each kind not too long ago."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zabota.people.models import Employee, Training


@dataclass(frozen=True)
class Ready:
    """Of a team, or of the firm, how many have a passed drill of a kind that counts now."""

    kind: str
    name: str
    passed: int
    of: int

    @property
    def share(self) -> int:
        """In whole percent; of nobody, nothing."""
        return round(100 * self.passed / self.of) if self.of else 0


def read_readiness(kinds: Mapping[str, str], at: datetime) -> dict[int | None, list[Ready]]:
    """By team, and under None for everybody who works here; two queries, however many they are."""
    people = list(Employee.objects.working().values_list("pk", "team"))
    good = Training.objects.good(at).filter(kind__in=kinds)
    passed = set(good.values_list("employee", "kind"))
    members: dict[int | None, list[int]] = {None: [pk for pk, _team in people]}
    for pk, team in people:
        if team is not None:
            members.setdefault(team, []).append(pk)
    return {team: _ready(ids, kinds, passed) for team, ids in members.items()}


def _ready(
    people: Iterable[int], kinds: Mapping[str, str], passed: set[tuple[int, str]]
) -> list[Ready]:
    members = list(people)
    return [
        Ready(kind, name, sum((pk, kind) in passed for pk in members), len(members))
        for kind, name in kinds.items()
    ]
