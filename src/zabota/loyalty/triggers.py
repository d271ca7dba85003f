"""The database itself keeps the books: triggers for both databases (used by the migration).

Postings are written first, the transfer they belong to last: it is refused unless they are two at
least, of its unit, and sum to nothing; afterwards nothing is added to it. Postings name their
transfer by a foreign key that is looked at when the transaction ends, so none is left without one.
Neither is ever changed or deleted. A batch keeps whose it is and how much was earned; its date is
never set later, nor moved nearer.
"""

SQLITE = {
    "transfer_balances": """
        CREATE TRIGGER loyalty_transfer_balances BEFORE INSERT ON loyalty_transfer
        WHEN (SELECT COUNT(*) FROM loyalty_posting WHERE transfer_id = NEW.id) < 2
          OR (SELECT SUM(amount) FROM loyalty_posting WHERE transfer_id = NEW.id) <> 0
          OR EXISTS (SELECT 1 FROM loyalty_posting
                     WHERE transfer_id = NEW.id AND unit_id <> NEW.unit_id)
        BEGIN SELECT RAISE(ABORT, 'postings of a transfer sum to nothing'); END""",
    "posting_sealed": """
        CREATE TRIGGER loyalty_posting_sealed BEFORE INSERT ON loyalty_posting
        WHEN EXISTS (SELECT 1 FROM loyalty_transfer WHERE id = NEW.transfer_id)
        BEGIN SELECT RAISE(ABORT, 'the transfer is closed'); END""",
    "transfer_no_update": """
        CREATE TRIGGER loyalty_transfer_no_update BEFORE UPDATE ON loyalty_transfer
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    "transfer_no_delete": """
        CREATE TRIGGER loyalty_transfer_no_delete BEFORE DELETE ON loyalty_transfer
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    "posting_no_update": """
        CREATE TRIGGER loyalty_posting_no_update BEFORE UPDATE ON loyalty_posting
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    "posting_no_delete": """
        CREATE TRIGGER loyalty_posting_no_delete BEFORE DELETE ON loyalty_posting
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    "batch_kept": """
        CREATE TRIGGER loyalty_batch_kept BEFORE UPDATE ON loyalty_batch
        WHEN NEW.id IS NOT OLD.id OR NEW.client_id IS NOT OLD.client_id
          OR NEW.unit_id IS NOT OLD.unit_id OR NEW.amount IS NOT OLD.amount
          OR NEW.transfer_id IS NOT OLD.transfer_id OR NEW.earned_at IS NOT OLD.earned_at
          OR (OLD.expires_on IS NULL AND NEW.expires_on IS NOT NULL)
          OR NEW.expires_on < OLD.expires_on
        BEGIN SELECT RAISE(ABORT, 'a batch keeps what was earned, and its date'); END""",
    "batch_no_delete": """
        CREATE TRIGGER loyalty_batch_no_delete BEFORE DELETE ON loyalty_batch
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
}

_TABLES = ("transfer", "posting", "batch")

POSTGRESQL = {
    "refuses": """
        CREATE FUNCTION loyalty_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    "balances": """
        CREATE FUNCTION loyalty_balances() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF (SELECT COUNT(*) < 2 OR SUM(amount) <> 0 OR BOOL_OR(unit_id <> NEW.unit_id)
              FROM loyalty_posting WHERE transfer_id = NEW.id) THEN
            RAISE EXCEPTION 'postings of a transfer sum to nothing';
          END IF; RETURN NEW; END $$""",
    "sealed": """
        CREATE FUNCTION loyalty_sealed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF EXISTS (SELECT 1 FROM loyalty_transfer WHERE id = NEW.transfer_id) THEN
            RAISE EXCEPTION 'the transfer is closed';
          END IF; RETURN NEW; END $$""",
    "transfer_balances": """
        CREATE TRIGGER loyalty_transfer_balances BEFORE INSERT ON loyalty_transfer
        FOR EACH ROW EXECUTE FUNCTION loyalty_balances()""",
    "posting_sealed": """
        CREATE TRIGGER loyalty_posting_sealed BEFORE INSERT ON loyalty_posting
        FOR EACH ROW EXECUTE FUNCTION loyalty_sealed()""",
    "transfer_no_change": """
        CREATE TRIGGER loyalty_transfer_no_change BEFORE UPDATE OR DELETE ON loyalty_transfer
        FOR EACH ROW EXECUTE FUNCTION loyalty_refuses()""",
    "posting_no_change": """
        CREATE TRIGGER loyalty_posting_no_change BEFORE UPDATE OR DELETE ON loyalty_posting
        FOR EACH ROW EXECUTE FUNCTION loyalty_refuses()""",
    "batch_kept": """
        CREATE TRIGGER loyalty_batch_kept BEFORE UPDATE ON loyalty_batch FOR EACH ROW
        WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.client_id IS DISTINCT FROM OLD.client_id
          OR NEW.unit_id IS DISTINCT FROM OLD.unit_id OR NEW.amount IS DISTINCT FROM OLD.amount
          OR NEW.transfer_id IS DISTINCT FROM OLD.transfer_id
          OR NEW.earned_at IS DISTINCT FROM OLD.earned_at
          OR (OLD.expires_on IS NULL AND NEW.expires_on IS NOT NULL)
          OR NEW.expires_on < OLD.expires_on)
        EXECUTE FUNCTION loyalty_refuses()""",
    "batch_no_delete": """
        CREATE TRIGGER loyalty_batch_no_delete BEFORE DELETE ON loyalty_batch
        FOR EACH ROW EXECUTE FUNCTION loyalty_refuses()""",
    **{
        f"{table}_no_truncate": f"""
        CREATE TRIGGER loyalty_{table}_no_truncate BEFORE TRUNCATE ON loyalty_{table}
        EXECUTE FUNCTION loyalty_refuses()"""
        for table in _TABLES
    },
}

BY_VENDOR = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
