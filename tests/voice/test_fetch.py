"""What is fetched from the web: no private address, none a moment later, nothing endless."""

import gzip
import ipaddress
from collections.abc import Iterator

import pytest

from tests.voice.web import Site, site
from zabota.voice.gathering.fetch import NotFetched, fetch, is_public

HERE = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as shown:
        yield shown


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::", "224.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_no_address_inside_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_an_address_of_the_world_is_public() -> None:
    assert is_public(ipaddress.ip_address("93.184.215.14"))
    assert is_public(ipaddress.ip_address("2a02:6b8::2:242"))


def test_nothing_of_this_machine_is_reached(web: Site) -> None:
    for link in (web.url("/"), f"http://localhost:{web.port}/", f"http://[::1]:{web.port}/",
                 f"http://2130706433:{web.port}/", "http://0x7f.1/"):  # fmt: skip
        with pytest.raises(NotFetched) as told:
            fetch(link)
        assert told.value.code in ("private", "unknown_host"), link
    assert web.asked == []


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "ftp://x.example/", "http://a:b@site.example/", "http:///x", "//x",
     "http://site.example:99999/", "gopher://x"],
)  # fmt: skip
def test_only_addresses_of_the_web(link: str) -> None:
    with pytest.raises(NotFetched) as told:
        fetch(link, ours=HERE)
    assert told.value.code == "address"


def test_a_page_with_its_redirects(web: Site) -> None:
    web.shows("/there", gzip.compress("Спасибо".encode()), Content_Encoding="gzip")
    page = fetch(web.leads("/here", "/there"), ours=HERE)
    assert (page.status, page.data.decode(), page.media_type) == (200, "Спасибо", "text/html")
    assert page.link == web.url("/there")
    _path, headers = web.asked[0]
    assert "Cookie" not in headers and "Authorization" not in headers


def test_each_step_is_looked_at(web: Site) -> None:
    """Only this very port is allowed here: a step to another address inside is refused."""
    only = (ipaddress.ip_network("127.0.0.1/32"),)
    for to in ("http://127.0.0.2/", "http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd"):
        with pytest.raises(NotFetched) as told:
            fetch(web.leads("/on", to), ours=only)
        assert told.value.code in ("private", "address"), to
    with pytest.raises(NotFetched) as told:
        fetch(web.leads("/round", "/round"), ours=HERE)
    assert told.value.code == "too_many_steps"


def test_no_more_than_allowed(web: Site) -> None:
    large = web.shows("/large", b"x" * 5000)
    bomb = web.shows("/bomb", gzip.compress(b"0" * 500_000), Content_Encoding="gzip")
    for link in (large, bomb):
        with pytest.raises(NotFetched) as told:
            fetch(link, ours=HERE, most=4000)
        assert told.value.code == "too_large"
    with pytest.raises(NotFetched) as told:
        fetch(web.url("/none"), ours=HERE)
    assert (told.value.code, told.value.said) == ("refused", "404")


def test_whoever_answers_drop_by_drop_is_broken_off(web: Site) -> None:
    link = web.shows("/slow", b"x" * 200)
    web.drip.add("/slow")
    with pytest.raises(NotFetched) as told:
        fetch(link, ours=HERE, seconds=0.4)
    assert told.value.code == "too_slow"
