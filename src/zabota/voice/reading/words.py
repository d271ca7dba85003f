"""What stands on pages about a mention, in words."""

from django.utils.translation import gettext, pgettext

from zabota.voice.gathering.author import Guess
from zabota.voice.models import Mention, ReadyThanks


def how_sure(sure: int) -> str:
    """Whose it is, in a word, with the figure: nobody knows what 73 is worth."""
    word = Guess(sure, ()).word
    if word == "almost":
        return gettext("Almost certainly they (%(sure)d%%)") % {"sure": sure}
    if word == "likely":
        return gettext("Probably they (%(sure)d%%)") % {"sure": sure}
    return gettext("Perhaps they (%(sure)d%%)") % {"sure": sure}


def why_they(codes: list[str]) -> str:
    """By what it is thought so."""
    known = {
        "phone": gettext("their phone number stands there"),
        "email": gettext("their e-mail address stands there"),
        "order": gettext("a number of their order, contract or request stands there"),
        "account": gettext("it is their account"),
        "name": pgettext("author", "the same name"),
        "like": gettext("nearly the same name"),
        "first": gettext("the same first name and letter"),
        "company": gettext("the company is named"),
        "time": gettext("they bought or asked something shortly before"),
        "place": gettext("they bought at that place"),
    }
    return ", ".join(known[code] for code in codes if code in known)


def why_twins(codes: list[str]) -> str:
    """By what two are thought to be one."""
    known = {
        "link": gettext("the same page"),
        "text": gettext("the same words"),
        "author": gettext("the same author"),
    }
    return ", ".join(known[code] for code in codes if code in known)


def ready_for(mention: Mention, *, trouble: bool) -> list[ReadyThanks]:
    """Words to begin from, those that fit this kind of place and this occasion first."""
    rows = ReadyThanks.objects.filter(closed_at=None).order_by("pk")
    return sorted(
        rows,
        key=lambda one: (
            one.for_trouble != trouble,
            one.place_kind not in (mention.place_kind, ""),
            one.place_kind == "",
        ),
    )


def worded(ready: ReadyThanks, mention: Mention, firm: str) -> str:
    """The words with the names in their places; without an author they begin without one."""
    text = ready.text(mention.language)
    if not mention.author:
        for sign in ("{author}, ", "{author}! ", "{author}"):
            text = text.replace(sign, "")
        text = text[:1].upper() + text[1:]
    return text.replace("{author}", mention.author).replace("{firm}", firm)


def is_begun_by(title: str, text: str) -> bool:
    """Whether a title is only how the text begins: then it says nothing of its own."""
    return bool(title) and " ".join(text.split()).startswith(title.rstrip("…"))


def heading_of(mention: Mention) -> str:
    """What a mention is called on its page: by its own title, else by who wrote, and where."""
    title = str(mention.case.title)
    if not is_begun_by(title, mention.text):
        return title
    return ", ".join(part for part in (mention.author, mention.where) if part) or title
