"""A real IMAP server on loopback (pymap), in a process of its own: keeps letters in memory."""

import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from imapclient import IMAPClient

from tests.support.postgres import free_port

USER, PASSWORD = "help", "secret-of-the-mailbox"


class ImapServer:
    """Answers on a free port; `put` lays a letter into a folder as another mail server would."""

    def __init__(self, *tls: str) -> None:
        self.port, self._tls = free_port(), tls or ("--no-tls",)
        self._process: subprocess.Popen[bytes] | None = None

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=10) as client:
            client.login(USER, PASSWORD)
            if not client.folder_exists(folder):
                client.create_folder(folder)
            client.append(folder, raw)

    def start(self) -> None:
        program = str(Path(sys.executable).with_name("pymap"))
        command = [
            program, "--host", "127.0.0.1", "--port", str(self.port), *self._tls, "dict",
            "--demo-user", USER, "--demo-password", PASSWORD,
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if "--no-tls" in self._tls:
            self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while True:
            try:
                with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=5) as client:
                    client.login(USER, PASSWORD)
                return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
