"""Subjects and names of letters arrive as they were written, however long."""

import email
import email.policy
from email.headerregistry import Address

from hypothesis import given
from hypothesis import strategies as st

from zabota.outreach.folding import Mail
from zabota.outreach.letters import read_letter

WORD = st.sampled_from(
    ["Договор", "№ П-2026-0002:", "обещание", "не", "выполнено", "в", "срок", "«Ромашка»", "Re:",
     "order", "ё", "😀", "—", ",", "Ltd."]
)  # fmt: skip
TEXT = st.lists(WORD, min_size=1, max_size=25).map(" ".join)


def mail(subject: str, name: str, to: list[str]) -> Mail:
    return Mail(subject, "Слова", str(Address(name, addr_spec="help@our.example")), to)


@given(TEXT, TEXT)
def test_every_space_arrives(subject: str, name: str) -> None:
    to = [str(Address(name, addr_spec="anna@their.example")), "b@their.example"]
    for policy in (email.policy.SMTP, email.policy.default):
        raw = mail(subject, name, to).message(policy=policy).as_bytes()
        head = raw.replace(b"\r\n", b"\n").split(b"\n\n")[0]
        assert head.isascii() and max(map(len, head.split(b"\n"))) <= 78
        back = email.message_from_bytes(raw, policy=email.policy.default)
        assert back["Subject"] == subject
        read = read_letter(raw)
        assert (read.subject, read.sender.email) == (subject, "help@our.example")
        # The library reads names as it writes them, with a space too many: ours does not.
        assert [one.name for one in (read.sender, *read.to)] == [name, name, ""]
        assert [one.email for one in read.to] == ["anna@their.example", "b@their.example"]


def test_what_is_ascii_stays_as_it_is() -> None:
    raw = mail("Order 17", "Severny Svet", ["a@b.example"]).message().as_string()
    assert "Subject: Order 17\n" in raw and "From: Severny Svet <help@our.example>\n" in raw
