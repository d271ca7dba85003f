"""Check digits of Russian requisites (plain Python): ИНН, КПП, ОГРН, БИК, accounts of a bank.

Each question takes text without spaces and answers whether it can be such a number; none asks
whether the number was ever issued. Sources: Order of the tax service ММВ-7-6/435 (ИНН, КПП), Order
of the Ministry of Finance 165н (ОГРН, ОГРНИП), Regulation of the Bank of Russia 762-П (БИК) and its
letter of 08.09.1997 № 515 (accounts).
"""

import re
from collections.abc import Callable, Mapping

INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_12_FIRST = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_12_SECOND = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
ACCOUNT = (7, 1, 3) * 8
# Cash centres of the Bank of Russia: their clients' accounts are checked by the centre's number.
CASH_CENTRES = ("000", "001", "002")


def inn(text: str) -> bool:
    """ИНН: ten digits of a company or twelve of a person, the last one or two check the rest."""
    if not _digits(text, 10, 12):
        return False
    if len(text) == 10:
        return _weighted(text, INN_10) == int(text[9])
    return _weighted(text, INN_12_FIRST) == int(text[10]) and _weighted(text, INN_12_SECOND) == int(
        text[11]
    )


def kpp(text: str) -> bool:
    """КПП: nine places, the fifth and sixth may be Latin capitals; it has no check digit."""
    return re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", text) is not None


def ogrn(text: str) -> bool:
    """ОГРН of thirteen digits or ОГРНИП of fifteen: the rest of a division by 11 or by 13."""
    if not _digits(text, 13, 15):
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


def bik(text: str) -> bool:
    """БИК: nine digits, the first two being the country (04) or a treasury (00, 01, 02)."""
    return re.fullmatch(r"0[0124][0-9]{7}", text) is not None


def account(text: str, of_bik: str) -> bool:
    """A settlement account: twenty digits whose key fits the bank's БИК."""
    if not (_digits(text, 20) and bik(of_bik)):
        return False
    if of_bik[6:] in CASH_CENTRES:
        return _account_key(f"0{of_bik[4:6]}{text}")
    return _account_key(of_bik[6:] + text)


def corr_account(text: str, of_bik: str) -> bool:
    """A bank's own account with the Bank of Russia: twenty digits; 301… ends as the БИК does."""
    if not (_digits(text, 20) and bik(of_bik)):
        return False
    return text[:3] not in ("301",) or (
        text[-3:] == of_bik[6:] and _account_key(f"0{of_bik[4:6]}{text}")
    )


def wrong_requisites(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the filled-in fields that cannot be right; an account is checked with its БИК."""
    of_bik = fields.get("bik", "")
    checks: dict[str, Callable[[str], bool]] = {
        "inn": inn,
        "kpp": kpp,
        "ogrn": ogrn,
        "bik": bik,
        "account": lambda text: account(text, of_bik),
        "corr_account": lambda text: corr_account(text, of_bik),
    }
    return tuple(
        name for name, holds in checks.items() if fields.get(name) and not holds(fields[name])
    )


def _digits(text: str, *lengths: int) -> bool:
    return len(text) in lengths and text.isascii() and text.isdecimal()


def _weighted(text: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(text, weights, strict=False)) % 11 % 10


def _account_key(text: str) -> bool:
    return sum(int(d) * weight for d, weight in zip(text, ACCOUNT, strict=False)) % 10 == 0
