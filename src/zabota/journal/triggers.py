"""The database itself refuses to change history: triggers for both databases (used by the
migration).

An entry may only get its announcer's mark, once; entries are never deleted. A particular may be
deleted (erasing a person's words) and never changed.
"""

SQLITE = {
    "entry_no_update": """
        CREATE TRIGGER entry_no_update BEFORE UPDATE ON journal_entry
        WHEN OLD.announced_at IS NOT NULL OR NEW.id IS NOT OLD.id
          OR NEW.stream_id IS NOT OLD.stream_id OR NEW.seq IS NOT OLD.seq
          OR NEW.kind IS NOT OLD.kind OR NEW.at IS NOT OLD.at
          OR NEW.actor_id IS NOT OLD.actor_id OR NEW.acted_for_id IS NOT OLD.acted_for_id
          OR NEW.audience IS NOT OLD.audience OR NEW.canonical IS NOT OLD.canonical
          OR NEW.digest IS NOT OLD.digest
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "entry_no_delete": """
        CREATE TRIGGER entry_no_delete BEFORE DELETE ON journal_entry
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "particular_no_update": """
        CREATE TRIGGER particular_no_update BEFORE UPDATE ON journal_particular
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
}

POSTGRESQL = {
    "function": """
        CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    "entry_no_update": """
        CREATE TRIGGER entry_no_update BEFORE UPDATE ON journal_entry FOR EACH ROW
        WHEN (OLD.announced_at IS NOT NULL OR NEW.id IS DISTINCT FROM OLD.id
          OR NEW.stream_id IS DISTINCT FROM OLD.stream_id OR NEW.seq IS DISTINCT FROM OLD.seq
          OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.at IS DISTINCT FROM OLD.at
          OR NEW.actor_id IS DISTINCT FROM OLD.actor_id
          OR NEW.acted_for_id IS DISTINCT FROM OLD.acted_for_id
          OR NEW.audience IS DISTINCT FROM OLD.audience
          OR NEW.canonical IS DISTINCT FROM OLD.canonical
          OR NEW.digest IS DISTINCT FROM OLD.digest)
        EXECUTE FUNCTION journal_refuses()""",
    "entry_no_delete": """
        CREATE TRIGGER entry_no_delete BEFORE DELETE ON journal_entry FOR EACH ROW
        EXECUTE FUNCTION journal_refuses()""",
    "entry_no_truncate": """
        CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON journal_entry
        EXECUTE FUNCTION journal_refuses()""",
    "particular_no_update": """
        CREATE TRIGGER particular_no_update BEFORE UPDATE ON journal_particular FOR EACH ROW
        EXECUTE FUNCTION journal_refuses()""",
}

BY_VENDOR = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
