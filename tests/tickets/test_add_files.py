"""Files go with what is said; whoever reads the words takes them, nobody else."""

from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.outreach.test_receive_letter import ADDRESS, email_of, mailbox
from tests.tickets.asked import asked, fresh
from zabota.common.uploads import NotTaken
from zabota.home import work
from zabota.home.world import World
from zabota.outreach.actions import receive_letter
from zabota.outreach.models import Mailbox, ReceivedFile
from zabota.tickets.actions import say_in_ticket, write_to_ticket
from zabota.tickets.actions.files import Brought
from zabota.tickets.models import Remark, RemarkFile, Ticket, TicketType

__all__ = ["mailbox"]
PDF = b"%PDF-1.7 the act"


def sent(name: str, data: bytes = PDF, kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def test_from_the_room_and_back(world: World) -> None:
    ticket, room, desk = (
        asked(world), browser_of(world, "anna"), browser_of(world, "manager")
    )  # fmt: skip
    answer = room.post(
        f"/room/tickets/{ticket.pk}/write/",
        {"text": "Вот акт", "files": [sent("Акт.pdf"), sent("Фото.png", b"\x89PNG1", "image/png")]},
        follow=True,
    )
    act, photo = RemarkFile.objects.order_by("pk")
    page = answer.content.decode()
    assert "Акт.pdf" in page and f"/room/tickets/{ticket.pk}/files/{act.pk}/" in page
    for browser, side in ((room, "room"), (desk, "desk")):
        got = browser.get(f"/{side}/tickets/{ticket.pk}/files/{act.pk}/")
        assert (got.content, got["Content-Type"]) == (PDF, "application/pdf")
        got = browser.get(f"/{side}/tickets/{ticket.pk}/files/{photo.pk}/")
        assert got["Content-Type"] == "application/octet-stream"
        assert got["Content-Disposition"].startswith("attachment")
    for stranger, side in (("alien", "room"), ("stranger", "desk"), ("manager", "room")):
        path = f"/{side}/tickets/{ticket.pk}/files/{act.pk}/"
        assert browser_of(world, stranger).get(path).status_code == 404


def test_a_note_keeps_its_files_among_ourselves(world: World) -> None:
    ticket = asked(world)
    browser_of(world, "manager").post(
        f"/desk/tickets/{ticket.pk}/say/",
        {"how": "note", "text": "Смета", "files": sent("ВНУТРИ.pdf")},
    )
    row = RemarkFile.objects.get()
    room = browser_of(world, "anna")
    assert "ВНУТРИ" not in room.get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert room.get(f"/room/tickets/{ticket.pk}/files/{row.pk}/").status_code == 404
    manager = browser_of(world, "manager")
    assert "ВНУТРИ.pdf" in manager.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    other = asked(world, guest="boris")
    path = f"/desk/tickets/{other.pk}/files/{row.pk}/"
    assert browser_of(world, "director").get(path).status_code == 404


def test_a_photograph_alone_is_enough(world: World) -> None:
    browser = browser_of(world, "anna")
    kind = TicketType.objects.get(slug="problem").pk
    page = browser.get("/room/tickets/new/").content.decode()
    assert 'enctype="multipart/form-data"' in page and "Добавить файлы" in page
    form = {"kind": kind, "text": "", "files": sent("IMG_1.jpg", b"\xff\xd8\xff", "image/jpeg")}
    assert "IMG_1.jpg" in browser.post("/room/tickets/new/", form, follow=True).content.decode()
    assert Ticket.objects.get().said == "IMG_1.jpg"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([sent("run.exe", b"MZ")], "Такие файлы не принимаем"),
        ([sent("Акт.pdf", b"<html>")], "внутри другое"),
        ([sent(f"{n}.pdf") for n in range(11)], "Не больше 10 файлов за раз"),
    ],
)
def test_what_is_not_taken_is_named_and_nothing_is_said(
    world: World, files: list[SimpleUploadedFile], words: str
) -> None:
    ticket = asked(world)
    for key, side, verb in (("anna", "room", "write"), ("manager", "desk", "say")):
        for one in files:
            one.seek(0)
        answer = browser_of(world, key).post(
            f"/{side}/tickets/{ticket.pk}/{verb}/", {"text": "Смотрите", "files": files}
        )
        page = answer.content.decode().replace("\xa0", " ")
        assert answer.status_code == 422 and words in page and "Смотрите" in page
    assert Remark.objects.count() == 1 and not RemarkFile.objects.exists()
    assert fresh(ticket).reply.state == "running"
    with pytest.raises(NotTaken):
        write_to_ticket(
            ticket, "!", by=world.as_guest("anna"), at=AT, files=[Brought("a.exe", b"MZ", "")]
        )


@override_settings(UPLOAD_LIMIT=10)
def test_too_large_says_the_limit(world: World) -> None:
    browser = browser_of(world, "anna")
    kind = TicketType.objects.get(slug="problem").pk
    form = {"kind": kind, "text": "Вот", "files": sent("Акт.pdf")}
    answer = browser.post("/room/tickets/new/", form)
    assert answer.status_code == 422 and not Ticket.objects.exists()
    page = answer.content.decode().replace("\xa0", " ")
    assert "принимаем не больше 10 байт" in page and "Вот" in page


def test_what_a_letter_brought_stands_in_the_thread(world: World, mailbox: Mailbox) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"] = email_of(world, "anna"), ADDRESS
    letter["Subject"], letter["Message-ID"] = "Акт", "<akt@romashka.example>"
    letter.set_content("Акт приложен.")
    letter.add_attachment(PDF, maintype="application", subtype="pdf", filename="Акт.pdf")
    letter.add_attachment(b"MZ", maintype="application", subtype="x-msdownload", filename="a.exe")
    receive_letter(letter.as_bytes(), mailbox, by=None, at=AT)
    for _ in range(2):
        work.react(AT + HOUR)
    ticket = Ticket.objects.get()
    sound, doubtful = ReceivedFile.objects.order_by("pk")
    room = browser_of(world, "anna")
    page = room.get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Акт.pdf" in page and "/desk/letters/" not in page
    # What is not opened is not hidden: whoever sent it sends it otherwise, whoever reads it asks.
    assert "a.exe" in page and "такие файлы мы не открываем" in page
    ours = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "a.exe" in ours and f"/desk/letters/{sound.letter_id}/" in ours
    base = f"/room/tickets/{ticket.pk}/letter-files/"
    assert room.get(f"{base}{sound.pk}/").content == PDF
    assert room.get(f"{base}{doubtful.pk}/").status_code == 404
    desk = f"/desk/tickets/{ticket.pk}/letter-files/{sound.pk}/"
    assert browser_of(world, "manager").get(desk).content == PDF
    assert browser_of(world, "stranger").get(desk).status_code == 404
    assert browser_of(world, "alien").get(f"{base}{sound.pk}/").status_code == 404


def test_files_of_an_answer_are_the_clients_too(world: World) -> None:
    ticket = asked(world)
    say_in_ticket(
        ticket, "", by=world.as_staff("manager"), at=AT, files=[Brought("Смета.pdf", PDF, "")]
    )
    assert fresh(ticket).reply.state == "kept"
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert page.count("Смета.pdf") == 2
