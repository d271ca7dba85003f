"""The sample firm: made by actions, whole, and the same each time."""

from datetime import UTC, datetime

from tests.support.fresh import FreshDatabase
from zabota.cases.models import Case, Holder
from zabota.contracts.models import Change, Stage
from zabota.home.world import build_world
from zabota.journal.verify import verify_journal
from zabota.people import firm as firm_cache

AT = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


def built() -> dict[str, object]:
    firm_cache._kept.clear()
    said: list[str] = []
    world = build_world(AT, progress=said.append)
    running = Stage.objects.filter(promise__state="running").select_related("promise")
    return {
        "said": bool(said),
        "states": {key: Case.objects.get(pk=c.pk).state for key, c in world.contracts.items()},
        "broken": verify_journal().broken,
        "changes": Change.objects.filter(contract=world.contracts["review"]).count(),
        "held": all(
            Holder.objects.filter(promise=stage.promise, rank_at__isnull=False).exists()
            for stage in running
        ),
        "stranger": Case.objects.visible_to(world.as_staff("stranger")).count(),
        "alien": Case.objects.visible_to(world.as_guest("alien")).count(),
        "guests": {key: world.as_guest(key).contact.role for key in world.guests},
        "future": Case.objects.filter(opened_at__gt=AT).count(),
    }


def test_the_sample_firm_has_contracts_at_every_turn(on_both: FreshDatabase) -> None:
    found = on_both.call(built)
    assert found["states"] == {
        "agreed": "agreed", "review": "review", "draft": "draft", "english": "review",
        "signed": "signed", "signing": "signing",
    }  # fmt: skip
    assert found["broken"] is None
    assert (found["changes"], found["held"], found["said"]) == (2, True, True)
    assert (found["stranger"], found["alien"], found["future"]) == (0, 0, 0)
    assert found["guests"] == {
        "anna": "owner", "boris": "edits", "vera": "sees", "john": "owner", "alien": "owner",
        "lidia": "owner",
    }  # fmt: skip
