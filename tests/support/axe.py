"""What axe finds on a page as it stands; its script is read once per page, not once per look.

Telling the colours of every word apart is most of axe's work, and nothing but rules of style gives
a word its colours: whatever these rules can tell apart is a kind of its own, and the colours of
each kind are judged once, on the first page that shows it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT: str = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
COLOURS: dict[str, Any] = {"type": "rule", "values": OF_COLOURS}
BUT_COLOURS: dict[str, Any] = {"type": "tag", "values": WCAG, "without": OF_COLOURS}
# What another width, or the colours' other scheme, can change beside the colours themselves.
OF_LOOKS: dict[str, Any] = {"type": "rule", "values": ["target-size"]}
RUN = """([{without = [], ...runOnly}, include]) => axe.run(include ?? document, {
  runOnly, resultTypes: ['violations'],
  rules: Object.fromEntries(without.map(name => [name, {enabled: false}])),
}).then(found => found.violations)"""

# What bears words of its own, by its kind: the names, classes and states of itself and of all it
# stands in, as far as rules of style can see them.
KINDS = """known => {
  const seen = new Set(known), fresh = [], found = [], codes = new Map(), digits = /\\d+/g;
  const code = text => {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const letter = text.charCodeAt(at);
      high = Math.imul(high ^ letter, 2654435761);
      low = Math.imul(low ^ letter, 1597334677);
    }
    return 4294967296 * (2097151 & low) + (high >>> 0);
  };
  // Of what an element speaks is told by these; no rule of style asks for their values.
  const free = new RegExp(
    '^(id|href|src|for|name|title|alt|action|value|placeholder|datetime|min|max|step)$' +
    '|^(hx|on)|-(labelledby|describedby|label|controls|owns)$');
  const own = one => {
    const told = [one.localName];
    for (const {name, value} of one.attributes) {
      if (name.startsWith('data-')) told.push(`${name}=${value.replace(digits, '0').slice(0, 20)}`);
      else told.push(free.test(name) ? name : `${name}=${value}`);
    }
    if (one.matches('input')) told.push(one.checked, one.value !== '');
    return told.join(' ');
  };
  const kind = one => {
    if (!one) return 0;
    if (!codes.has(one)) {
      codes.set(one, code([
        kind(one.parentElement), own(one), !one.previousElementSibling,
        // Of what stands inside, rules of colour (:has) ask for this.
        one.matches('main *') && one.querySelector('input:checked')?.value,
      ].join('|')));
    }
    return codes.get(one);
  };
  const written = one => one.matches('input, textarea, select') ||
    Array.from(one.childNodes).some(node => node.nodeType === 3 && node.data.trim());
  for (const one of document.body.querySelectorAll('*')) {
    if (!written(one) || !one.checkVisibility() || seen.has(kind(one))) continue;
    seen.add(kind(one));
    fresh.push(kind(one));
    found.push(one);
  }
  globalThis.freshKinds = found;
  return fresh;
}"""
OF_FRESH = f"rules => ({RUN})([rules, freshKinds.map(one => [one])])"


class Judge:
    """Looks at pages; remembers which kinds of words had their colours judged, by day and night."""

    def __init__(self) -> None:
        self._known = defaultdict[tuple[str, int], set[int]](set)

    def violations(self, page: Page, rules: Mapping[str, Any], scheme: str) -> Iterator[str]:
        """Each element that breaks one of these rules or whose colours are hard to tell apart."""
        assert page.viewport_size is not None
        if not page.evaluate("'axe' in window"):
            page.evaluate(SCRIPT)
        yield from told(page.evaluate(RUN, [rules, None]))
        known = self._known[scheme, page.viewport_size["width"]]
        if fresh := page.evaluate(KINDS, list(known)):
            yield from told(page.evaluate(OF_FRESH, COLOURS))
            known.update(fresh)


JUDGE = Judge()


def told(faults: list[dict[str, Any]]) -> Iterator[str]:
    """In words, what axe found."""
    for fault in faults:
        for node in fault["nodes"]:
            yield f"axe {fault['id']}: {node['target']} {node['html'][:120]}"
