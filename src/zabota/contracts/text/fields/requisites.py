"""Russian requisites and their check digits: ИНН, КПП, ОГРН, БИК, settlement and corr. accounts.

Sources: приказ ФНС ЕД-7-14/559 (ИНН, КПП), ФНС on ОГРН, Банк России 515 (account keys).
"""

import re
from typing import Final

from zabota.contracts.text.fields.trouble import FieldProblem

INN_10: Final = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_11: Final = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_12: Final = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
KEY_WEIGHTS: Final = (7, 1, 3)


def clean_inn(text: str) -> str:
    """Check an ИНН: 10 digits of a company or 12 of a person, with their check digits."""
    digits = _digits(text, (10, 12))
    checks = {9: INN_10} if len(digits) == 10 else {10: INN_11, 11: INN_12}
    for place, weights in checks.items():
        total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
        if int(digits[place]) != total % 11 % 10:
            raise FieldProblem("checksum")
    return digits


def clean_kpp(text: str) -> str:
    """Check a КПП: 4 digits, two digits or capital letters of the reason, 3 digits."""
    kpp = re.sub(r"\s", "", text).upper()
    if len(kpp) != 9:
        raise FieldProblem("length", lengths=(9,), length=len(kpp))
    if not re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", kpp):
        raise FieldProblem("digits")
    return kpp


def clean_ogrn(text: str) -> str:
    """Check an ОГРН (13 digits) or ОГРНИП (15): the last digit is a remainder of the others."""
    digits = _digits(text, (13, 15))
    if int(digits[:-1]) % (len(digits) - 2) % 10 != int(digits[-1]):
        raise FieldProblem("checksum")
    return digits


def clean_bik(text: str) -> str:
    """Check a БИК: nine digits that begin with 04, or 00 … 02 of the treasury."""
    digits = _digits(text, (9,))
    if digits[:2] not in ("00", "01", "02", "04"):
        raise FieldProblem("checksum")
    return digits


def clean_account(text: str, bik: str = "", *, corr: bool = False) -> str:
    """Check a bank account: 20 digits; with its БИК known, the key digit too."""
    digits = _digits(text, (20,))
    bik = re.sub(r"\D", "", bik)
    if len(bik) == 9:
        # Accounts kept at the Bank of Russia itself are keyed by its office, not by the bank.
        at_central = corr or bik[6:] in ("000", "001", "002")
        keyed = (f"0{bik[4:6]}" if at_central else bik[6:]) + digits
        if sum(int(d) * KEY_WEIGHTS[i % 3] % 10 for i, d in enumerate(keyed)) % 10:
            raise FieldProblem("bik_mismatch", bik=bik)
    return digits


def _digits(text: str, lengths: tuple[int, ...]) -> str:
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"[0-9]*", digits):
        raise FieldProblem("digits")
    if len(digits) not in lengths:
        raise FieldProblem("length", lengths=lengths, length=len(digits))
    if not digits.strip("0"):
        raise FieldProblem("checksum")
    return digits
