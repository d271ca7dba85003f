"""What axe finds on a page as it stands; its script is read once per page, not once per look.

Telling the colours of every word apart is most of axe's work. Whether a word can be read is decided
by its colour, size and weight and by the surfaces under it: each such look is judged once, on the
first page that shows it. What may lie above or below something else is told apart by its place.

Likewise the other rules: a page on which each element is of a kind that stood on a page where axe
found nothing, in the same places of the same elements, is not asked about them again. What these
rules ask of the page as a whole is a part of the kind: whether an id stands there twice, what the
ids lead to that an element names, which labels a field has, whether a name is empty. What one
language, story or worker of a run has shown, the others need not show again.
"""

import fcntl
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
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

# The kind of an element: the names, classes and states of itself and of all it stands in, as far as
# rules of style can see them.
KIND = """
  const codes = new Map(), digits = /\\d+/g;
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
    '^(lang|id|href|src|for|name|title|alt|action|value|placeholder|datetime|min|max|step)$' +
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
"""
# What bears words of its own, by its look: what is painted under it, and how it is written.
KINDS = f"""known => {{{KIND}
  const styles = new Map(), grounds = new Map();
  const style = one => styles.get(one) ?? styles.set(one, getComputedStyle(one)).get(one);
  // Every surface down to the first that hides all below it, and whatever fades or floats.
  const ground = one => {{
    if (!one) return ['', ''];
    if (!grounds.has(one)) {{
      const [below, faded] = ground(one.parentElement), own = style(one);
      const {{backgroundColor, backgroundImage, opacity, filter, mixBlendMode}} = own;
      const bare = backgroundImage === 'none', whole = bare && backgroundColor.startsWith('rgb(');
      const clear = bare && backgroundColor === 'rgba(0, 0, 0, 0)';
      const floats = ['absolute', 'fixed', 'sticky'].includes(own.position) ||
        own.float !== 'none' || own.transform !== 'none';
      grounds.set(one, [
        `${{whole ? '' : below}}${{clear ? '' : backgroundColor + backgroundImage}}`,
        faded + (opacity + filter + mixBlendMode === '1nonenormal' ? '' :
          opacity + filter + mixBlendMode) + (floats ? kind(one) : ''),
      ]);
    }}
    return grounds.get(one);
  }};
  const letters = /[\\p{{L}}\\p{{N}}]/u, off = ':disabled, [aria-disabled=true]';
  const look = one => {{
    const {{color, fontSize, fontWeight, textShadow, textDecorationLine}} = style(one);
    const link = one.closest('a'), around = link && style(link.parentElement);
    return code(JSON.stringify([
      color, fontSize, fontWeight, textShadow, textDecorationLine, ground(one),
      letters.test(one.value ?? one.textContent), one.matches('input, textarea, select'),
      one.closest(off) !== null, one.closest('label')?.control?.matches(off),
      one.closest('[aria-hidden=true], [inert]') !== null,
      link && [around.color, around.fontWeight, around.textDecorationLine,
        link.parentElement.localName, link.parentElement.textContent !== link.textContent],
    ]));
  }};
  const seen = new Set(known), fresh = [], found = [];
  const written = one => one.matches('input, textarea, select') ||
    Array.from(one.childNodes).some(node => node.nodeType === 3 && node.data.trim());
  for (const one of document.body.querySelectorAll('*')) {{
    // What is one pixel wide is read aloud only.
    if (!written(one) || !one.checkVisibility() || one.clientWidth === 1) continue;
    const its = look(one);
    if (seen.has(its)) continue;
    seen.add(its);
    fresh.push(its);
    found.push(one);
  }}
  globalThis.freshKinds = found;
  return fresh;
}}"""
# All that is shown, by its kind, and by what only the page as a whole tells of it.
SHAPE = f"""() => {{{KIND}
  const often = new Map(), speaks = one => one ? one.textContent.trim() !== '' : 'nothing';
  for (const {{id}} of document.querySelectorAll('[id]')) often.set(id, (often.get(id) ?? 0) + 1);
  const names = ['alt', 'title', 'placeholder', 'aria-label'];
  const leads = ['for', 'headers',
    ...['labelledby', 'describedby', 'controls', 'owns'].map(name => `aria-${{name}}`)];
  const shape = one => code(JSON.stringify([
    kind(one), speaks(one), often.get(one.id) > 1, Array.from(one.labels ?? [], speaks),
    one.getAttribute('lang'), names.map(name => one.getAttribute(name)?.trim() === ''),
    leads.map(name => one.getAttribute(name)?.split(/\\s+/).map(id =>
      speaks(document.getElementById(id)))),
  ]));
  const shown = Array.from(document.querySelectorAll('*')).filter(one => one.checkVisibility());
  const whole = code(JSON.stringify([
    document.title.trim() !== '', ...['main', 'h1', 'meta[http-equiv=refresh]'].map(one =>
      document.querySelectorAll(one).length),
  ]));
  return [...new Set([whole, ...shown.map(shape)])];
}}"""
OF_FRESH = f"rules => ({RUN})([rules, freshKinds.map(one => [one])])"


class Seen:
    """Kinds that were judged, by what for; shared by all workers of a run through files."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known = defaultdict[str, set[int]](set)
        self._read = defaultdict[str, int](int)

    def known(self, of: str) -> set[int]:
        if self._folder and (file := self._folder / of).exists():
            with file.open("rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH)
                handle.seek(self._read[of])
                self._known[of].update(map(int, handle.read().split()))
                self._read[of] = handle.tell()
        return self._known[of]

    def add(self, of: str, kinds: Iterable[int]) -> None:
        fresh = set(kinds) - self._known[of]
        self._known[of] |= fresh
        if self._folder:
            self._folder.mkdir(exist_ok=True)
            with (self._folder / of).open("ab") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX)
                handle.write("".join(f"{kind}\n" for kind in fresh).encode())


class Judge:
    """Looks at pages; remembers which kinds of what stands on them were judged, by day and night,
    wide and on a phone.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._seen = Seen(folder)

    def violations(self, page: Page, rules: Mapping[str, Any], scheme: str) -> Iterator[str]:
        """Each element that breaks one of these rules or whose colours are hard to tell apart."""
        assert page.viewport_size is not None
        look = f"{scheme}-{page.viewport_size['width']}"
        asked = f"{look}-{'-'.join(rules['values'])}"
        shape = page.evaluate(SHAPE)
        if not self._seen.known(asked).issuperset(shape):
            faults = list(told(self._run(page, RUN, [rules, None])))
            yield from faults
            if not faults:
                self._seen.add(asked, shape)
        if fresh := page.evaluate(KINDS, list(self._seen.known(look))):
            faults = list(told(self._run(page, OF_FRESH, COLOURS)))
            yield from faults
            if not faults:
                self._seen.add(look, fresh)

    def _run(self, page: Page, script: str, argument: Any) -> list[dict[str, Any]]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(SCRIPT)
        found: list[dict[str, Any]] = page.evaluate(script, argument)
        return found


JUDGE = Judge(Path(os.environ["ZABOTA_TEST_HOME"]) / "axe")


def told(faults: list[dict[str, Any]]) -> Iterator[str]:
    """In words, what axe found."""
    for fault in faults:
        for node in fault["nodes"]:
            yield f"axe {fault['id']}: {node['target']} {node['html'][:120]}"
