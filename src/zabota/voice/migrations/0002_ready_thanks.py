"""Words to begin from, where a firm has none of its own yet; it changes them as it likes."""

import datetime as dt

from django.db import migrations

# (kind of place, whether trouble was told, Russian, English)
WORDS = (
    (
        "",
        False,
        "{author}, спасибо, что нашли время написать о нас. Нам важно знать, как всё прошло на"
        " самом деле. «{firm}»",
        "{author}, thank you for taking the time to write about us. It matters to us to know how"
        " it really went. {firm}",
    ),
    (
        "",
        True,
        "{author}, спасибо, что рассказали, как было. Нам жаль, что вышло так. Мы уже разбираемся"
        " и доведём дело до конца. «{firm}»",
        "{author}, thank you for telling us how it was. We are sorry that it went like this. We"
        " are looking into it already and will see it through. {firm}",
    ),
    (
        "social",
        False,
        "{author}, спасибо за эти слова! Передали их всем, кто над этим работал. «{firm}»",
        "{author}, thank you for these words! We passed them on to everyone who worked on it."
        " {firm}",
    ),
    (
        "forum",
        False,
        "{author}, спасибо за подробный рассказ: из таких и видно, что у нас получается, а что"
        " пока нет. Если остались вопросы, ответим здесь же. «{firm}»",
        "{author}, thank you for such a detailed account: it shows what we do well and what not"
        " yet. If there are questions left, we will answer them right here. {firm}",
    ),
    (
        "press",
        False,
        "Спасибо за материал и за внимание к нашей работе. Если понадобятся подробности, с"
        " удовольствием расскажем. «{firm}»",
        "Thank you for the article and for your interest in our work. If you need any details, we"
        " will gladly share them. {firm}",
    ),
)


def lay(apps, schema_editor):
    ready = apps.get_model("voice", "ReadyThanks").objects
    at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    for place_kind, for_trouble, ru, en in WORDS:
        ready.create(
            place_kind=place_kind, for_trouble=for_trouble, text_ru=ru, text_en=en, made_at=at
        )


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_house")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
