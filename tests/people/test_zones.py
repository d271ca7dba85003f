"""Time zones are chosen by the name of a city in the reader's language."""

import re
import zoneinfo

import pytest
from django.utils import translation

from zabota.people.forms.accounts import ProfileForm
from zabota.people.forms.fields import zones


@pytest.mark.parametrize(("language", "city"), [("ru", "Москва"), ("en", "Moscow")])
def test_a_city_is_named_in_the_readers_language(language: str, city: str) -> None:
    with translation.override(language):
        assert ("Europe/Moscow", city) in zones()


def test_every_zone_is_real_and_named_in_russian() -> None:
    with translation.override("ru"):
        found = zones()
    assert len(found) > 300
    assert {name for name, _ in found} <= zoneinfo.available_timezones()
    assert [city for _, city in found if re.search("[A-Za-z]{3}", city)] == ["UTC"]


def test_a_zone_under_its_former_name_is_chosen_under_the_present_one() -> None:
    form = ProfileForm(initial={"zone": "Europe/Kiev"})
    assert form["zone"].value() == "Europe/Kyiv"
    assert '<option value="Europe/Kyiv" selected>' in str(form["zone"])
