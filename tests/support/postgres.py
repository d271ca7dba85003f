"""A throw-away PostgreSQL: on loopback, on a free port, without fsync, gone afterwards."""

import os
import pwd
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.machine import Missing, first_program, install_debian

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=120"
# Waits for the end of its input, which comes when the tests end, however they end.
GUARD = """
"$1"/postgres -D "$2"/data -k "$2" -h 127.0.0.1 -p "$3" $4 >"$2"/log 2>&1 </dev/null &
cat >/dev/null
kill -QUIT $!
wait $!
rm -rf "$2"
"""


def find() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: float(f.parent.name), reverse=True
    )
    found = first_program(["initdb"], folders)
    return found.resolve().parent if found else None


def set_up() -> Path:
    """Finds PostgreSQL's programs or brings them."""
    found = find()
    if found is None and install_debian("postgresql"):
        found = find()
    if found is None:
        raise Missing("No PostgreSQL, and none could be installed: install “postgresql”.")
    return found


@contextmanager
def throw_away(programs: Path) -> Iterator[str]:
    """A running server; gives its address, stops and deletes it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="zabota-pg-"))
    # Its server refuses to run as root.
    account = unprivileged() if os.geteuid() == 0 else None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    user = account.pw_name if account else None

    create = [programs / "initdb", "-D", folder / "data", "-U", "zabota", "--auth=trust"]
    create += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        create, user=user, cwd=folder, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Missing(f"initdb failed: {made.stderr}")
    port = free_port()
    server = subprocess.Popen(
        ["sh", "-c", GUARD, "guard", programs, folder, str(port), FAST],
        stdin=subprocess.PIPE, user=user, cwd=folder, start_new_session=True,
    )  # fmt: skip
    url = f"postgresql://zabota@127.0.0.1:{port}/postgres"
    try:
        wait_for(url, folder / "log")
        yield url
    finally:
        assert server.stdin is not None
        server.stdin.close()
        # A busy machine takes its time to delete a hundred databases.
        server.wait(120)


def wait_for(url: str, log: Path) -> None:
    """Returns when the server answers; a second is usual, half a minute the limit."""
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise Missing(f"PostgreSQL does not answer: {log.read_text()}") from error
            time.sleep(0.05)


def unprivileged() -> pwd.struct_passwd:
    """An account without rights of its own: PostgreSQL's, else nobody."""
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
