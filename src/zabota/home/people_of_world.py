"""Who lives in the sample firm: «Северный свет» (street lighting), its people and its clients."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One of ours: key (and name in the mail, where it is another), name and position in both
    languages, team, whether they see everything.
    """

    key: str
    name: str
    name_en: str
    position: tuple[str, str]
    team: str = ""
    sees_all: bool = False
    concern: str = ""
    lead: str = "director"
    mail: str = ""


@dataclass(frozen=True)
class Guest:
    """One of a client's people."""

    key: str
    client: str
    name: str
    position: tuple[str, str]
    role: str
    name_en: str = ""


FIRM = {
    "name": "Северный свет",
    "name_en": "Severny Svet",
    "legal_name": "ООО «Северный свет»",
    "keeps_quiet": False,
    "details": {
        "name": "Общество с ограниченной ответственностью «Северный свет»",
        "short_name": "ООО «Северный свет»",
        "inn": "7704123450",
        "kpp": "770401001",
        "ogrn": "1027700123450",
        "address": "119019, г. Москва, ул. Знаменка, д. 7, стр. 3",
        "bank": "АО «Северный банк»",
        "bik": "044525999",
        "account": "40702810600000012345",
        "corr_account": "30101810600000000999",
        "signatory": "Орлова Елена Викторовна",
        "signatory_position": "Генеральный директор",
        "authority": "Устав",
        "name_en": "Severny Svet Limited Liability Company",
        "short_name_en": "Severny Svet LLC",
        "address_en": "7 Znamenka Street, bldg. 3, Moscow 119019, Russia",
        "bank_en": "Severny Bank JSC",
        "signatory_en": "Elena Orlova",
        "signatory_position_en": "Chief Executive Officer",
        "authority_en": "the Charter",
        "phone": "+74957770123",
        "email": "office@severny-svet.example",
    },
}
TEAMS = {"sales": ("Отдел продаж", "Sales"), "logistics": ("Отдел логистики", "Logistics")}

STAFF = (
    Person(
        "director",
        "Елена Орлова",
        "Elena Orlova",
        ("Генеральный директор", "Chief executive"),
        sees_all=True,
        concern="director",
        lead="",
    ),
    Person(
        "manager",
        "Игорь Ким",
        "Igor Kim",
        ("Менеджер по работе с клиентами", "Account manager"),
        "sales",
        concern="general",
    ),
    Person(
        "lawyer",
        "Ольга Петрова",
        "Olga Petrova",
        ("Юрист", "Lawyer"),
        sees_all=True,
        concern="legal",
    ),
    Person(
        "lawyer2",
        "Мария Левина",
        "Maria Levina",
        ("Старший юрист", "Senior lawyer"),
        sees_all=True,
        concern="legal",
    ),
    Person(
        "finance",
        "Павел Серов",
        "Pavel Serov",
        ("Финансовый контролёр", "Financial controller"),
        sees_all=True,
        concern="finance",
    ),
    Person(
        "logist1",
        "Анна Волкова",
        "Anna Volkova",
        ("Логист", "Logistics specialist"),
        "logistics",
        concern="logistics",
    ),
    Person(
        "logist2",
        "Тимур Асланов",
        "Timur Aslanov",
        ("Логист", "Logistics specialist"),
        "logistics",
        concern="logistics",
    ),
    Person(
        "logist3",
        "Дарья Нестерова",
        "Daria Nesterova",
        ("Руководитель логистики", "Head of logistics"),
        "logistics",
        concern="logistics",
    ),
    Person(
        "stranger", "Кирилл Лужин", "Kirill Luzhin", ("Кладовщик", "Storekeeper"), mail="kirill"
    ),
)

CLIENTS = {
    "romashka": {
        "kind": "company",
        "name": "Общество с ограниченной ответственностью «Ромашка»",
        "short_name": "ООО «Ромашка»",
        "inn": "7729567898",
        "kpp": "772901001",
        "ogrn": "1037700456782",
        "address": "117418, г. Москва, ул. Профсоюзная, д. 33, корп. 4",
        "bank": "ПАО «Народный банк»",
        "bik": "044525888",
        "account": "40702810100000056789",
        "corr_account": "30101810300000000888",
        "signatory": "Крылова Анна Сергеевна",
        "signatory_position": "Генеральный директор",
        "authority": "Устав",
        "name_en": "Romashka Limited Liability Company",
        "short_name_en": "Romashka LLC",
        "address_en": "33 Profsoyuznaya Street, bldg. 4, Moscow 117418, Russia",
        "bank_en": "Narodny Bank PJSC",
        "signatory_en": "Anna Krylova",
        "signatory_position_en": "Chief Executive Officer",
        "authority_en": "the Charter",
        "phone": "+74951234567",
        "email": "office@romashka.example",
        "relation": "relationship",
        "language": "ru",
    },
    "vector": {
        "kind": "company",
        "name": "Общество с ограниченной ответственностью «Вектор Трейдинг»",
        "short_name": "ООО «Вектор Трейдинг»",
        "inn": "7736314150",
        "kpp": "773601001",
        "ogrn": "1057700314154",
        "address": "117420, г. Москва, ул. Намёткина, д. 16",
        "bank": "АО «Торговый банк»",
        "bik": "044525777",
        "account": "40702810400000034567",
        "corr_account": "30101810000000000777",
        "signatory": "Адамс Джон",
        "signatory_position": "Генеральный директор",
        "authority": "Устав",
        "name_en": "Vector Trading Limited Liability Company",
        "short_name_en": "Vector Trading LLC",
        "address_en": "16 Nametkina Street, Moscow 117420, Russia",
        "bank_en": "Torgovy Bank JSC",
        "signatory_en": "John Adams",
        "signatory_position_en": "General Director",
        "authority_en": "the Charter",
        "phone": "+74952345678",
        "email": "office@vector.example",
        "relation": "deal",
        "language": "en",
    },
    "strangers": {
        "kind": "company",
        "name": "Общество с ограниченной ответственностью «Чужие»",
        "short_name": "ООО «Чужие»",
        "name_en": "Chuzhie Limited Liability Company",
        "short_name_en": "Chuzhie LLC",
        "language": "ru",
    },
}

GUESTS = (
    Guest("anna", "romashka", "Анна Крылова", ("Генеральный директор", "Chief executive"), "owner"),
    Guest("boris", "romashka", "Борис Ветров", ("Менеджер по закупкам", "Buyer"), "edits"),
    Guest("vera", "romashka", "Вера Лебедева", ("Бухгалтер", "Accountant"), "sees"),
    Guest(
        "john",
        "vector",
        "Джон Адамс",
        ("Генеральный директор", "General Director"),
        "owner",
        "John Adams",
    ),
    Guest("alien", "strangers", "Пётр Чужой", ("Директор", "Director"), "owner", "Pyotr Chuzhoy"),
)
