"""Who lives in the sample firm: «Северный свет» (street lighting), its people and its clients."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One of ours: key, name, e-mail, position in both languages, team, whether they see
    everything.
    """

    key: str
    name: str
    position: tuple[str, str]
    team: str = ""
    sees_all: bool = False
    concern: str = ""
    lead: str = "director"


@dataclass(frozen=True)
class Guest:
    """One of a client's people."""

    key: str
    client: str
    name: str
    position: str
    role: str


FIRM = {
    "name": "Северный свет",
    "legal_name": "ООО «Северный свет»",
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
        "phone": "+74957770123",
        "email": "office@severny-svet.example",
    },
}
TEAMS = {"sales": ("Отдел продаж", "Sales"), "logistics": ("Отдел логистики", "Logistics")}

STAFF = (
    Person(
        "director",
        "Елена Орлова",
        ("Генеральный директор", "Chief executive"),
        sees_all=True,
        concern="director",
        lead="",
    ),
    Person(
        "manager",
        "Игорь Ким",
        ("Менеджер по работе с клиентами", "Account manager"),
        "sales",
        concern="general",
    ),
    Person("lawyer", "Ольга Петрова", ("Юрист", "Lawyer"), sees_all=True, concern="legal"),
    Person(
        "lawyer2",
        "Мария Левина",
        ("Старший юрист", "Senior lawyer"),
        sees_all=True,
        concern="legal",
    ),
    Person(
        "finance",
        "Павел Серов",
        ("Финансовый контролёр", "Financial controller"),
        sees_all=True,
        concern="finance",
    ),
    Person(
        "logist1",
        "Анна Волкова",
        ("Логист", "Logistics specialist"),
        "logistics",
        concern="logistics",
    ),
    Person(
        "logist2",
        "Тимур Асланов",
        ("Логист", "Logistics specialist"),
        "logistics",
        concern="logistics",
    ),
    Person(
        "logist3",
        "Дарья Нестерова",
        ("Руководитель логистики", "Head of logistics"),
        "logistics",
        concern="logistics",
    ),
    Person("stranger", "Кирилл Лужин", ("Кладовщик", "Storekeeper")),
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
        "phone": "+74951234567",
        "email": "office@romashka.example",
        "relation": "relationship",
        "language": "ru",
    },
    "vector": {
        "kind": "company",
        "name": "Vector Trading Limited Liability Company",
        "short_name": "Vector Trading LLC",
        "inn": "7736314150",
        "kpp": "773601001",
        "ogrn": "1057700314154",
        "address": "16 Nametkina St., Moscow 117420",
        "signatory": "Adams, John",
        "signatory_position": "General Director",
        "authority": "the Charter",
        "email": "office@vector.example",
        "relation": "deal",
        "language": "en",
    },
    "strangers": {
        "kind": "company",
        "name": "Общество с ограниченной ответственностью «Чужие»",
        "short_name": "ООО «Чужие»",
        "language": "ru",
    },
}

GUESTS = (
    Guest("anna", "romashka", "Анна Крылова", "Генеральный директор", "owner"),
    Guest("boris", "romashka", "Борис Ветров", "Менеджер по закупкам", "edits"),
    Guest("vera", "romashka", "Вера Лебедева", "Бухгалтер", "sees"),
    Guest("john", "vector", "John Adams", "General Director", "owner"),
    Guest("alien", "strangers", "Пётр Чужой", "Директор", "owner"),
)
