"""Fetching a page or a feed that somebody named, so that nothing of our own network is reached.

The name is resolved here, every address it has is looked at, and the connection goes to that very
address: whoever answers for the name cannot give another one a moment later. Each step of a
redirect is looked at in the same way. No cookies, no names or passwords, little time, few bytes.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

MOST_BYTES: Final = 2 * 1024 * 1024
SECONDS: Final = 8.0
MOST_STEPS: Final = 5
PORTS: Final = {"http": (80, 8080), "https": (443, 8443)}
AGENT: Final = "Zabota (mentions; a person asked for this page)"
REDIRECTS: Final = (301, 302, 303, 307, 308)
# Addresses in which another one is hidden.
TUNNELS: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32")))

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotFetched(Exception):
    """It was not fetched; `code` says why: `address`, `private`, `unknown_host`, `no_answer`,
    `too_slow`, `too_large`, `too_many_steps`, `refused` (with the status), `kind`.
    """

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(f"{code} {said}".strip())
        self.code, self.said = code, said


@dataclass(frozen=True)
class Fetched:
    """What was there in the end; `status` 304 means nothing new, and no bytes."""

    link: str
    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def fetch(
    link: str,
    *,
    headers: Mapping[str, str] | None = None,
    most: int = MOST_BYTES,
    seconds: float = SECONDS,
    ours: Iterable[Network] = (),
) -> Fetched:
    """The bytes behind an address of the web. `ours` are networks of one's own that may be reached
    all the same, on any port; by default none.
    """
    allowed = tuple(ours)
    for _ in range(MOST_STEPS + 1):
        answer = _once(link, dict(headers or {}), most, seconds, allowed)
        onward = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not onward:
            if answer.status >= 400 or answer.status < 200:
                raise NotFetched("refused", str(answer.status))
            return answer
        # Whoever leads on and on has ever less time: all together twice that of one page.
        link, seconds = urljoin(link, onward), seconds / 2
    raise NotFetched("too_many_steps")


def addresses_of(host: str, port: int) -> list[Address]:
    """Every address a name has."""
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise NotFetched("unknown_host", host) from fault
    found = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in told]
    return list(dict.fromkeys(found))


def is_public(address: Address) -> bool:
    """Whether it is an address of the whole world: not this machine, not a network inside, none
    that hides another address.
    """
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return is_public(mapped)
    if any(address.version == tunnel.version and address in tunnel for tunnel in TUNNELS):
        return False
    return address.is_global and not address.is_multicast


def _once(
    link: str, headers: dict[str, str], most: int, seconds: float, ours: tuple[Network, ...]
) -> Fetched:
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError as wrong:
        raise NotFetched("address") from wrong
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not host or parts.username or parts.password:
        raise NotFetched("address")
    number = port or PORTS[parts.scheme][0]
    found = addresses_of(host, number)
    inside = [one for one in found if not _is_ours(one, ours)]
    if any(not is_public(one) for one in inside) or not found:
        raise NotFetched("private", host)
    if inside and number not in PORTS[parts.scheme]:
        raise NotFetched("address", str(number))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    asked = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    call = _Call(parts.scheme, host, number, found[0], seconds)
    return call.ask(link, f"{path}?{asked}" if asked else path, headers, most)


def _is_ours(address: Address, ours: tuple[Network, ...]) -> bool:
    return any(address.version == net.version and address in net for net in ours)


class _Call:
    """One question to one address. A clock beside it breaks off whoever answers drop by drop."""

    def __init__(self, scheme: str, host: str, port: int, address: Address, seconds: float) -> None:
        self._scheme, self._host, self._port = scheme, host, port
        self._address, self._seconds = address, seconds
        self._late = False
        self._plain: socket.socket | None = None

    def ask(self, link: str, path: str, headers: dict[str, str], most: int) -> Fetched:
        """The answer, read no further than allowed."""
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        clock = threading.Timer(self._seconds, self._break_off)
        clock.daemon = True
        clock.start()
        keep = ExitStack()
        try:
            connection.sock = self._connect()
            own = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
            connection.request("GET", path, headers={**own, "Host": self._named(), **headers})
            answer = connection.getresponse()
            keep.callback(answer.close)
            told = {name.lower(): value for name, value in answer.getheaders()}
            if answer.status in REDIRECTS or answer.status == 304 or answer.status >= 400:
                return Fetched(link, answer.status, told, b"")
            data = _at_most(answer, most)
            if self._late:
                raise NotFetched("too_slow")
            return Fetched(link, answer.status, told, _unpacked(data, told, most))
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise NotFetched("too_slow" if self._late else "no_answer", self._host) from fault
        finally:
            clock.cancel()
            keep.close()
            connection.close()

    def _connect(self) -> socket.socket:
        plain = socket.create_connection((str(self._address), self._port), timeout=self._seconds)
        self._plain = plain
        if self._scheme == "http":
            return plain
        try:
            secure = ssl.create_default_context().wrap_socket(plain, server_hostname=self._host)
        except BaseException:
            plain.close()
            raise
        self._plain = secure
        return secure

    def _named(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host.encode("idna").decode()
        return host if self._port == PORTS[self._scheme][0] else f"{host}:{self._port}"

    def _break_off(self) -> None:
        self._late = True
        if self._plain is not None:
            with suppress(OSError):
                self._plain.shutdown(socket.SHUT_RDWR)


def _at_most(answer: http.client.HTTPResponse, most: int) -> bytes:
    data = answer.read(most + 1)
    if len(data) > most:
        raise NotFetched("too_large")
    return data


def _unpacked(data: bytes, headers: Mapping[str, str], most: int) -> bytes:
    """What came packed, unpacked no further than allowed."""
    if headers.get("content-encoding", "").strip().lower() != "gzip":
        return data
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        whole = reader.decompress(data, most + 1)
    except zlib.error as broken:
        raise NotFetched("no_answer") from broken
    if len(whole) > most:
        raise NotFetched("too_large")
    return whole
