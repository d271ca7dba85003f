"""What the writer wrote stays, whatever program laid history under it; nothing of theirs is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zabota.outreach.letters import own_words
from zabota.outreach.letters.html import clean_html, html_to_text

OURS = "Согласовано: Игорь Ким, этап «Менеджер».\nСейчас у нас: Ольга Петрова"
QUOTED = "\n".join(f"> {line}" for line in OURS.split("\n"))
ANSWER = "Добрый день!\n\nПункт 8.1 нас устраивает, срок — нет."

HEADS = {
    "Gmail": "вт, 3 нояб. 2026 г. в 10:12, Северный свет <zabota@severny-svet.example>:",
    "Gmail, two lines": "вт, 3 нояб. 2026 г. в 10:12, Северный свет <\n"
    "zabota+1a.dfgh@severny-svet.example>:",
    "Gmail, wrote": "вт, 3 нояб. 2026 г. в 10:12, Северный свет <z@s.example> пишет:",
    "Gmail, English": "On Tue, Nov 3, 2026 at 10:12 AM Severny Svet <\nz@s.example> wrote:",
    "Apple Mail": "3 нояб. 2026 г., в 10:12, Северный свет <z@s.example> написал(а):",
    "Apple Mail, English": "On 3 Nov 2026, at 10:12, Severny Svet <z@s.example> wrote:",
    "Thunderbird": "03.11.2026 10:12, Северный свет пишет:",
    "Thunderbird, English": "On 11/3/26 10:12, Severny Svet wrote:",
    "Mail.ru": "Вторник, 3 ноября 2026, 10:12 +03:00 от Северный свет <z@s.example>:",
    "Yandex": '03.11.2026, 10:12, "Северный свет" <z@s.example>:',
    "The Bat!": "Вы писали 3 ноября 2026 г., 10:12:44:",
    "Yandex, with its block": "----------------\nКому: Анна Крылова (anna@romashka.example);\n"
    'Тема: Re: Договор № Д-1;\n03.11.2026, 10:12, "Северный свет" <z@s.example>:',
    "Zoho": "---- On Tue, 03 Nov 2026 10:12:00 +0300 Severny Svet <z@s.example> wrote ---",
    "Roundcube": "Северный свет писал(а) 2026-11-03 10:12:",
    "KMail": "В письме от вторник, 3 ноября 2026 г. 10:12:44 MSK пользователь Свет написал:",
    "Rambler": "03.11.2026 в 10:12, Северный свет <z@s.example> написал:",
}
OUTLOOK = {
    "Russian": "-----Исходное сообщение-----\nОт: Северный свет <z@s.example>\n"
    "Отправлено: 3 ноября 2026 г. 10:12\nКому: Анна Крылова\nТема: Договор № Д-1",
    "Russian, no line": "От: Северный свет <z@s.example>\nОтправлено: 3 ноября 2026 г. 10:12\n"
    "Кому: Анна Крылова <anna@romashka.example>\nТема: Договор № Д-1",
    "Russian, rule": "________________________________\nОт: Северный свет <z@s.example>\n"
    "Отправлено: вторник, 3 ноября 2026 г. 10:12\nКому: Анна\nТема: Договор",
    "English": "-----Original Message-----\nFrom: Severny Svet <z@s.example>\n"
    "Sent: Tuesday, November 3, 2026 10:12 AM\nTo: Anna\nSubject: Contract",
    "bold": "*From:* Severny Svet <z@s.example>\n*Sent:* Tuesday, November 3, 2026 10:12 AM\n"
    "*To:* Anna\n*Subject:* Contract",
    "phone": "От: Северный свет\nДата: 3 ноября 2026 г., 10:12\nКому: Анна\nТема: Договор",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_history_under_its_head_is_cut(head: str) -> None:
    words = own_words(f"{ANSWER}\n\n{head}\n\n{QUOTED}\n")
    assert words.text == ANSWER
    assert words.cut.startswith(head.split("\n")[0]) and "Ольга Петрова" in words.cut


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_without_marks_too(head: str) -> None:
    """Some programs mark nothing: where the head says when, all under it is history."""
    words = own_words(f"{ANSWER}\n\n{head}\n\n{OURS}\n")
    assert words.text == ANSWER


@pytest.mark.parametrize("head", OUTLOOK.values(), ids=OUTLOOK)
def test_outlook_lays_it_under_a_block(head: str) -> None:
    words = own_words(f"{ANSWER}\n\n{head}\n\n{OURS}\n")
    assert words.text == ANSWER
    assert "Ольга Петрова" in words.cut


@pytest.mark.parametrize("head", [*HEADS.values(), *OUTLOOK.values()])
def test_an_answer_below_is_found(head: str) -> None:
    words = own_words(f"{head}\n{QUOTED}\n\n{ANSWER}\n")
    assert "срок — нет." in words.text
    if head not in OUTLOOK.values():
        assert words.text == ANSWER


def test_words_between_quotes_stay() -> None:
    text = f"""Отвечаю по пунктам.

{HEADS["Gmail"]}

> 8.1 Срок поставки — 10 дней.

Нас устраивает.

> 8.2 Оплата в течение 3 дней.

А это — нет, просим 10.

--\x20
Анна Крылова
ООО «Ромашка»
"""
    words = own_words(text)
    assert words.text == "Отвечаю по пунктам.\n\nНас устраивает.\n\nА это — нет, просим 10."
    assert "Анна Крылова" in words.cut and "8.2" in words.cut


@pytest.mark.parametrize(
    "sign",
    [
        "-- \nАнна Крылова\n+7 495 123-45-67",
        "--\nАнна",
        "С уважением,\nАнна Крылова\nООО «Ромашка»\n+7 495 123-45-67",
        "Best regards,\nAnna",
        "Отправлено с iPhone",
        "Отправлено из мобильной Почты Mail",
        "Sent from my iPhone",
        "Получите Outlook для iOS",
        "--\nОтправлено из мобильного приложения Яндекс Почты",
    ],
)
def test_signatures_are_cut(sign: str) -> None:
    words = own_words(f"{ANSWER}\n\n{sign}\n\n{HEADS['Gmail']}\n{QUOTED}")
    assert words.text == ANSWER
    assert sign.split("\n")[-1] in words.cut


@pytest.mark.parametrize(
    "text",
    [
        "> всё это цитата\n> и больше ничего",
        "С уважением,\nАнна",
        f"{OUTLOOK['Russian']}\n\nответ под шапкой",
        "От: склада\nпришло три коробки вместо пяти.",
        "Ольга вчера писала:\nвсё готово к отгрузке, а ничего не готово.",
        "Итак, 03.11.2026 в 10:12 было так:\nмашина не приехала.",
        "---------- Пересылаемое сообщение ----------\nОт: Иван\nДата: 3 ноября 2026, 10:12\n"
        "Тема: Счёт\n\nвот счёт",
        "",
    ],
)
def test_where_nothing_is_certain_nothing_is_cut(text: str) -> None:
    assert own_words(text).text == text


def test_forwarded_words_are_what_one_wanted_to_show() -> None:
    text = "Посмотрите, пожалуйста.\n\n-------- Forwarded Message --------\nFrom: Ivan\n\nсчёт"
    assert own_words(text).text == text


@pytest.mark.parametrize("subject", ["FW: Накладная", "Fwd: Накладная", "Пересл: Накладная"])
def test_what_is_passed_on_is_for_us_to_read(subject: str) -> None:
    """An answer to it is an answer again."""
    text = f"Посмотрите, что пишут.\n\n{OUTLOOK['Russian, no line']}\n\nЗабирайте обратно."
    assert own_words(text, subject).text == text
    assert own_words(text, f"Re: {subject}").text == "Посмотрите, что пишут."


def test_of_a_very_long_history_nothing_is_taken_for_words() -> None:
    history = "<div>Строка <b>истории</b> &amp; ещё</div>" * 20_000
    own = "<div>Согласны.</div>"
    head = f"<div>{HEADS['Gmail'].replace('<', '&lt;').replace('>', '&gt;')}</div>"
    cleaned = clean_html(f"{own}{head}<blockquote>{history}</blockquote>")
    assert own_words(html_to_text(cleaned)).text == "Согласны."
    lines = "\n".join(["> строка"] * 30_000)
    assert own_words(f"Согласны.\n\n{HEADS['Gmail']}\n{lines}").text == "Согласны."


@pytest.mark.parametrize(
    ("html", "own"),
    [
        (
            '<div dir="ltr">Согласны.</div><br><div class="gmail_quote"><div dir="ltr" '
            'class="gmail_attr">вт, 3 нояб. 2026 г. в 10:12, Северный свет &lt;<a href="mailto:'
            'z@s.example">z@s.example</a>&gt;:<br></div><blockquote class="gmail_quote">'
            "<div>Сейчас у вас</div></blockquote></div>",
            "Согласны.",
        ),
        (
            '<div>Согласны.</div><div>&nbsp;</div><div>03.11.2026, 10:12, "Северный свет" '
            "&lt;z@s.example&gt;:</div><blockquote><p>Сейчас у вас</p></blockquote>",
            "Согласны.",
        ),
        (
            '<p class="MsoNormal">Согласны.</p><div style="border-top:solid #E1E1E1 1.0pt"><p><b>'
            "From:</b> Severny Svet<br><b>Sent:</b> Tuesday, November 3, 2026<br><b>To:</b> Anna"
            "<br><b>Subject:</b> Contract</p></div><p>It is with you</p>",
            "Согласны.",
        ),
        (
            "<div>Добрый день!</div><div>&nbsp;</div><div>Нас устраивает.</div>",
            "Добрый день!\n\nНас устраивает.",
        ),
        (
            '<blockquote type="cite"><div>8.1 Срок</div></blockquote><p>Устраивает.</p>'
            '<blockquote type="cite"><div>8.2 Оплата</div></blockquote><p>Нет.</p>',
            "Устраивает.\n\nНет.",
        ),
    ],
)
def test_html_of_the_usual_programs(html: str, own: str) -> None:
    assert own_words(html_to_text(html)).text == own


LINE = st.sampled_from([
    "", "> цитата", "слово", "-- ", "От: кого", "Дата: 3.11.2026 10:12", "Тема: что",
    "С уважением", HEADS["Gmail"], "_" * 32, "Sent from my phone", "On 3 Nov wrote:",
])  # fmt: skip


@given(st.lists(LINE, max_size=30))
def test_nothing_is_lost_and_something_stays(lines: list[str]) -> None:
    """Every line is either the writer's or in what was cut, and a letter is never left empty."""
    text = "\n".join(lines)
    words = own_words(text)
    kept = f"{words.text}\n{words.cut}".split("\n")
    for line in filter(str.strip, lines):
        assert line.strip() in [each.strip() for each in kept]
    assert bool(words.text) == bool(text.strip())
