"""A session is read as Django reads it, and only one that we signed."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from zabota.people.sessions import SessionStore


def test_what_was_signed_is_read_and_each_reader_has_their_own() -> None:
    held = {"_auth_user_id": "7", "words": ["ёж", "<b>"], "long": "а" * 3000}
    kept = DatabaseStore().encode(held)
    first, second = SessionStore().decode(kept), SessionStore().decode(kept)
    assert first == second == held == DatabaseStore().decode(kept)
    first["words"].append("more")
    assert SessionStore().decode(kept) == held


def test_what_was_not_signed_by_us_is_nobodys() -> None:
    kept = SessionStore().encode({"_auth_user_id": "7"})
    assert SessionStore().decode(kept)
    body, rest = kept.split(":", 1)
    for forged in (f"{body[:-1]}A:{rest}", kept[:-1], f"{kept}x", "", "not a session", "a:b:c"):
        assert SessionStore().decode(forged) == {}
