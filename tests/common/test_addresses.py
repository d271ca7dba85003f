"""Who asks, behind proxies of our own; what a client makes up is not believed."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from zabota.common.addresses import proxies_of, sender
from zabota.people.sign_in import client_address

PROXY, CLIENT, SPOOF = "10.0.0.2", "203.0.113.7", "198.51.100.1"


@pytest.mark.parametrize(
    ("setting", "peer", "forwarded", "found"),
    [
        ("", CLIENT, "", CLIENT),
        ("", CLIENT, SPOOF, CLIENT),
        ("0", CLIENT, SPOOF, CLIENT),
        ("1", PROXY, CLIENT, CLIENT),
        ("1", PROXY, f"{SPOOF}, {CLIENT}", CLIENT),
        ("1", PROXY, "", PROXY),
        ("1", "", CLIENT, CLIENT),
        ("2", PROXY, f"{SPOOF}, {CLIENT}, 10.0.0.3", CLIENT),
        ("2", PROXY, CLIENT, CLIENT),
        ("1", PROXY, f"{SPOOF}, nonsense", PROXY),
        ("1", PROXY, f"{CLIENT}:50123", CLIENT),
        ("1", PROXY, "[2001:db8::1]:443", "2001:db8::1"),
        ("1", PROXY, "2001:DB8:0::1", "2001:db8::1"),
        ("1", PROXY, f"::ffff:{CLIENT}", CLIENT),
        (PROXY, PROXY, f"{SPOOF}, {CLIENT}", CLIENT),
        (PROXY, PROXY, f"{SPOOF}, {PROXY}, {CLIENT}", CLIENT),
        (PROXY, CLIENT, SPOOF, CLIENT),
        ("10.0.0.0/8", PROXY, f"{SPOOF}, {CLIENT}, 10.9.9.9", CLIENT),
        ("10.0.0.0/8", PROXY, "10.1.1.1, 10.9.9.9", "10.1.1.1"),
        (PROXY, PROXY, f"{SPOOF}, nonsense", PROXY),
        (f"{PROXY}, ::1", "::1", f"{CLIENT}, {PROXY}", CLIENT),
    ],
)
def test_read_from_the_right(setting: str, peer: str, forwarded: str, found: str) -> None:
    assert sender(peer, forwarded, proxies_of(setting)) == found


@given(st.text(max_size=60), st.sampled_from(["1", PROXY, "10.0.0.0/8"]))
def test_nothing_a_client_sends_hides_it(made_up: str, setting: str) -> None:
    assert sender(PROXY, f"{made_up},{CLIENT}", proxies_of(setting)) == CLIENT
    assert sender(CLIENT, made_up, proxies_of("")) == CLIENT
    assert sender(CLIENT, made_up, proxies_of(PROXY)) == CLIENT


@pytest.mark.parametrize("bad", ["one", "-1", "10.0.0.1/8", "1, 2.3.4", "proxy.example"])
def test_a_wrong_setting_is_named(bad: str) -> None:
    with pytest.raises(ValueError, match="ZABOTA_PROXIES"):
        proxies_of(bad)


def test_requests_are_read_so(settings: pytest.FixtureRequest) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR=PROXY, headers={"x-forwarded-for": f"{SPOOF}, {CLIENT}"}
    )
    for proxies, found in ((0, PROXY), (1, CLIENT), (proxies_of(PROXY), CLIENT)):
        settings.PROXIES = proxies  # type: ignore[attr-defined]
        assert client_address(request) == found
