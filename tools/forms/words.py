"""Words the builder puts into every form: details of the parties, signatures, page numbers."""

DETAILS = {
    "ru": (
        "Адрес: {{ %s.address }}",
        "ИНН {{ %s.inn }}, КПП {{ %s.kpp }}",
        "ОГРН {{ %s.ogrn }}",
        "Расчётный счёт {{ %s.account }}",
        "Банк: {{ %s.bank }}",
        "Корр. счёт {{ %s.corr_account }}",
        "БИК {{ %s.bik }}",
        "Эл. почта: {{ %s.email }}",
        "Телефон: {{ %s.phone }}",
    ),
    "en": (
        "Registered address: {{ %s.address }}",
        "Tax ID (INN): {{ %s.inn }}",
        "Registration No. (OGRN): {{ %s.ogrn }}",
        "Account No.: {{ %s.account }}",
        "Bank: {{ %s.bank }}",
        "Correspondent account: {{ %s.corr_account }}",
        "Bank code (BIC): {{ %s.bik }}",
        "E-mail: {{ %s.email }}",
        "Telephone: {{ %s.phone }}",
    ),
}
SIGNATURE = {
    "ru": (
        "{{ %s.signatory_position }}",
        "____________________",
        "/ {{ %s.signatory }} /",
        "М. П.",
    ),
    "en": (
        "____________________",
        "{{ %s.signatory }}",
        "{{ %s.signatory_position }}",
        "Date: ______________",
    ),
}
SIGNATURES = {"ru": "Подписи Сторон", "en": "Signatures of the Parties"}
FOOTER = {"ru": ("Страница ", " из "), "en": ("Page ", " of ")}
STYLES = {
    "ru": {
        "Clause": "Пункт",
        "Subclause": "Подпункт",
        "ListItem": "Перечень",
        "AnnexMark": "Приложение",
        "AnnexHeading": "Заголовок приложения",
        "AnnexClause": "Пункт приложения",
        "AnnexSubclause": "Подпункт приложения",
        "SignaturesHeading": "Заголовок подписей",
        "CellText": "Текст в таблице",
        "PlaceLine": "Место и дата",
    },
    "en": {
        "Clause": "Clause",
        "Subclause": "Sub-clause",
        "ListItem": "Lettered item",
        "AnnexMark": "Annex",
        "AnnexHeading": "Annex heading",
        "AnnexClause": "Annex clause",
        "AnnexSubclause": "Annex sub-clause",
        "SignaturesHeading": "Signatures heading",
        "CellText": "Table text",
        "PlaceLine": "Place and date",
    },
}
