"""Pages of mail: what did not leave, what came in, the mailboxes."""
