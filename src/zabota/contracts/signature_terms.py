"""The agreement on simple electronic signatures (63-FZ, articles 5, 6 and 9): which text is
accepted before the first signature. A text that was accepted is never changed: a new one has a new
version.
"""

import hashlib

VERSION = "2026-11"

TEXTS = {
    "2026-11": {
        "ru": (
            "Стороны договариваются подписывать документы в этом кабинете простой электронной "
            "подписью (статьи 5, 6 и 9 Федерального закона от 06.04.2011 № 63-ФЗ).",
            "Ключ подписи — одноразовый код, который система высылает на адрес электронной почты "
            "подписанта. Введя код, подписант подтверждает, что прочитал документ и подписывает "
            "его. Код действует 15 минут, годится один раз и только для этого документа.",
            "Кто подписал, определяется по учётной записи и адресу, на который ушёл код. Система "
            "хранит документ, его контрольную сумму (SHA-256), имя и полномочия подписанта, адрес "
            "и время подписания.",
            "Подписант хранит доступ к своей почте и учётной записи в тайне, никому не сообщает "
            "код и сразу говорит нам, если доступ мог попасть к другому.",
            "Документ, подписанный так, равнозначен документу на бумаге с собственноручной "
            "подписью, если закон не требует иного.",
        ),
        "en": (
            "The parties agree to sign documents in this room by a simple electronic signature "
            "(articles 5, 6 and 9 of the Federal Law of the Russian Federation No. 63-FZ of "
            "6 April 2011).",
            "The key of the signature is a one-time code sent to the signatory's e-mail address. "
            "By typing the code the signatory confirms that they have read the document and sign "
            "it. A code holds for 15 minutes, once, and for this document only.",
            "Who signed is determined by the account and by the address the code was sent to. The "
            "system keeps the document, its digest (SHA-256), the signatory's name and authority, "
            "the address and the time of signing.",
            "The signatory keeps access to their mail and account secret, tells the code to "
            "nobody, and informs us at once if somebody else may have gained access.",
            "A document signed in this way is equivalent to one on paper with a handwritten "
            "signature unless the law requires otherwise.",
        ),
    },
}


def terms(language: str, version: str = VERSION) -> tuple[str, ...]:
    """The paragraphs of the agreement in the reader's language."""
    texts = TEXTS[version]
    return texts["en" if language == "en" else "ru"]


def terms_digest(version: str = VERSION) -> str:
    """SHA-256 of both languages of a text, as accepted."""
    words = "\n".join((*TEXTS[version]["ru"], *TEXTS[version]["en"]))
    return hashlib.sha256(words.encode()).hexdigest()
