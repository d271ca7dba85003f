"""Where paper misleads: LibreOffice departs from the standard, and what the standard says."""

import re
from collections.abc import Callable

Listed = list[tuple[str, str]]


def framework(listed: Listed) -> Listed:
    """Points of the main part run on through its sections."""
    found: Listed = []
    point, annexes = 0, False
    for number, words in listed:
        annexes = annexes or number.startswith("Приложение")
        if annexes or not re.fullmatch(r"\d+\.", number):
            found.append((number, words))
            continue
        point += 1
        found.append((f"{point}.", words))
    return found


def software_licence(listed: Listed) -> Listed:
    """§§ run on through the chapters, their points with them; isLgl makes Roman levels Arabic."""
    found: Listed = []
    place, legal = 0, False
    for number, words in listed:
        legal = {"Хранитель исходного текста": True, "Подготовка": False}.get(words, legal)
        place += number.startswith("§")
        number = number.replace("ГЛАВА", "Глава")
        shown = f"§ {place}." if number.startswith("§") else number
        shown = re.sub(r"^\d+(?=\.\d+\.$)", str(place), shown)
        if legal:
            shown = re.sub(r"^I+(?=\.\d)", lambda roman: str(len(roman.group())), shown)
        found.append((shown, words))
    return found


BY_SPEC: dict[str, Callable[[Listed], Listed]] = {
    "framework.docx": framework,
    "software_licence.docx": software_licence,
}
WORDS_BY_SPEC = {
    "framework.docx": (
        "ECMA-376 17.9.10: w:lvlRestart of 0 means that the level never begins anew; "
        "LibreOffice begins it anew after each heading."
    ),
    "software_licence.docx": (
        "ECMA-376 17.9.10 (w:lvlRestart of 0, as in framework.docx) and 17.9.4: with w:isLgl all "
        "levels in the text are decimal; LibreOffice keeps the Roman ones. "
        "17.3.2.5: w:caps changes the look of «Глава», not its letters."
    ),
}
