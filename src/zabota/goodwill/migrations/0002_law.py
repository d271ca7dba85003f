"""What the law lets a firm give in Russia, as dated rows: the firm edits them when it changes."""

from datetime import date

from django.db import migrations

LAW = (
    (
        "official",
        "gift",
        3000,
        date(2009, 1, 10),
        "ГК РФ, ст. 575, п. 1, пп. 3 (в ред. закона от 25.12.2008 № 280-ФЗ)",
        "Civil Code of Russia, art. 575, 1(3) (as amended by law 280-FZ of 25.12.2008)",
        "Государственным и муниципальным служащим в связи с их должностью можно дарить только"
        " обычные подарки в пределах этой суммы.",
        "State and municipal employees may be given only usual presents up to this sum in"
        " connection with their office.",
    ),
    (
        "company",
        "gift",
        3000,
        date(2009, 1, 10),
        "ГК РФ, ст. 575, п. 1, пп. 4 (в ред. закона от 25.12.2008 № 280-ФЗ)",
        "Civil Code of Russia, art. 575, 1(4) (as amended by law 280-FZ of 25.12.2008)",
        "Между коммерческими организациями дарение дороже этой суммы запрещено; то же мы соблюдаем"
        " для тех, кто говорит от имени компании.",
        "Between commercial companies gifts above this sum are forbidden; we keep to the same for"
        " those who speak for a company.",
    ),
    (
        "person",
        "year",
        4000,
        date(2006, 1, 1),
        "НК РФ, ст. 217, п. 28 (в ред. закона от 30.06.2005 № 71-ФЗ)",
        "Tax Code of Russia, art. 217, 28 (as amended by law 71-FZ of 30.06.2005)",
        "Подарки одному человеку свыше этой суммы за календарный год облагаются НДФЛ: о них"
        " пришлось бы отчитываться, а человеку — платить налог.",
        "Gifts to one person above this sum in a calendar year are subject to income tax: we would"
        " have to report them, and the person to pay.",
    ),
)


def lay_law(apps, schema_editor):
    limit = apps.get_model("goodwill", "LegalLimit")
    for who, span, most, since, source_ru, source_en, why_ru, why_en in LAW:
        limit.objects.create(
            who=who,
            span=span,
            most=most,
            since=since,
            source_ru=source_ru,
            source_en=source_en,
            why_ru=why_ru,
            why_en=why_en,
        )


class Migration(migrations.Migration):
    dependencies = [("goodwill", "0001_house")]
    operations = [migrations.RunPython(lay_law, migrations.RunPython.noop)]
