"""Fixtures of the stories: a browser, a running site, people in their windows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support import chromium
from tests.support.site import WarmSite
from tests.support.story import Story

# Minutes each; whoever begins with them has nothing long left at the end.
LONGEST = ("test_agree_a_contract", "test_every_page", "test_killed_server")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.story)
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, quiet and without a network of its own."""
    found = chromium.find()
    if found is None:
        pytest.skip("no Chromium on this machine; ./zabota test installs one")
    return {"executable_path": str(found), "args": chromium.ARGUMENTS, "headless": True}


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    """The language of the story: Russian, unless it is parametrised: `language` in ["ru", "en"]."""
    return str(getattr(request, "param", "ru"))


@pytest.fixture(scope="session")
def warm_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], WarmSite]]:
    """The sites of a language, kept warm from story to story."""
    kept: dict[str, WarmSite] = {}

    def of(language: str) -> WarmSite:
        if language not in kept:
            kept[language] = WarmSite(tmp_path_factory.mktemp(f"site-{language}"), language)
        return kept[language]

    yield of
    for one in kept.values():
        one.close()


@pytest.fixture
def prepare() -> Callable[[Path], object]:
    """What is laid into the home of the sample firm before its site begins: nothing, unless the
    module of a story has a fixture of its own.
    """
    return lambda home: None


@pytest.fixture
def story(
    warm_site: Callable[[str], WarmSite],
    browser: Browser,
    language: str,
    prepare: Callable[[Path], object],
) -> Iterator[Story]:
    """A site of its own with a copy of the sample firm; afterwards nobody may have complained."""
    with warm_site(language).serving(prepare) as running:
        story = Story(running, browser, language)
        yield story
        story.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Of a story that failed, pictures of every window as it stood."""
    yield
    told = getattr(item, "funcargs", {}).get("story")
    if call.when == "call" and call.excinfo is not None and told is not None:
        told.last_pictures(item.name)
