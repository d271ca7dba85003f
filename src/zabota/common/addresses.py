"""Where a request really comes from, behind none, one or several proxies of our own (plain Python).

Each proxy adds to the right of X-Forwarded-For whom it was asked by; what stands further left was
sent by the client and may be made up. So it is read from the right, past our own proxies only.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

type Address = IPv4Address | IPv6Address
type Networks = tuple[IPv4Network | IPv6Network, ...]
# How many proxies stand in front, or which they are.
type Proxies = int | Networks


def proxies_of(text: str) -> Proxies:
    """ZABOTA_PROXIES: a number ("1") or addresses and networks by comma ("10.0.0.2, 10.1.0.0/16").

    ValueError says what cannot be read.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and words[0].isdecimal():
        return int(words[0])
    try:
        return tuple(ip_network(word) for word in words)
    except ValueError as error:
        raise ValueError(
            f"ZABOTA_PROXIES is a number of proxies or their addresses by comma: {error}"
        ) from error


def sender(peer: str, forwarded: str, proxies: Proxies) -> str:
    """Whom the request is from: `peer` is who spoke to us, `forwarded` the X-Forwarded-For header.

    With a number of proxies that many places from the right are theirs. With addresses, everything
    from the right that is one of them. Without proxies, or where a place holds no address, nothing
    further left is believed.
    """
    hops = [hop.strip() for hop in forwarded.split(",")] if forwarded.strip() else []
    if isinstance(proxies, int):
        return _past(peer, hops[-proxies:] if proxies else [])
    told = peer
    for hop in reversed(hops):
        if not _is_ours(told, proxies) or _address(hop) is None:
            break
        told = hop
    return _shown(told)


def _past(peer: str, hops: Sequence[str]) -> str:
    """The leftmost of these places, or the last one before what is no address."""
    told = peer
    for hop in reversed(hops):
        if _address(hop) is None:
            break
        told = hop
    return _shown(told)


def _is_ours(told: str, proxies: Networks) -> bool:
    address = _address(told)
    # Over a socket of this machine there is no address: only our own proxy speaks so.
    return told == "" or (address is not None and any(address in each for each in proxies))


def _shown(told: str) -> str:
    """An address in one form, without its port; what is none stays as it is."""
    address = _address(told)
    return told if address is None else str(address)


def _address(told: str) -> Address | None:
    """An address as proxies write it: 1.2.3.4, 1.2.3.4:5678, 2001:db8::1, [2001:db8::1]:5678."""
    text = told.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
