"""What axe finds on a page as it stands; its script is read once per page, not once per look."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT: str = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING: dict[str, Any] = {"type": "tag", "values": WCAG}
# What the other colours, or another width, can change on a page looked at before.
OF_LOOKS: dict[str, Any] = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "target-size"],
}
# The colours of a page are the same in every language; telling them apart costs most of the time.
BUT_COLOURS: dict[str, Any] = {**EVERYTHING, "without": ["color-contrast", "link-in-text-block"]}
RUN = """({without = [], ...runOnly}) => axe.run({
  runOnly, resultTypes: ['violations'],
  rules: Object.fromEntries(without.map(name => [name, {enabled: false}])),
}).then(found => found.violations)"""


def violations(page: Page, rules: Mapping[str, Any] = EVERYTHING) -> list[str]:
    """Each element that breaks one of these rules, and which one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    return [
        f"axe {fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in page.evaluate(RUN, rules)
        for node in fault["nodes"]
    ]
