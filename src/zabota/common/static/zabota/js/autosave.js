// Saves textarea[data-autosave="URL"] after a second of quiet, and at once when the tab is hidden; says so in #<id>-saved.
// Answers: 200 {revision, words}; 409 {revision, text, said}: another text was saved, see conflict.js; else {words}.
"use strict";
(() => {
  const QUIET = 1000;
  const AGAIN = 10000;
  const planned = new Map();

  const say = (area, state, words) => {
    const place = document.getElementById(`${area.id}-saved`);
    if (!place) return;
    place.dataset.state = state;
    place.textContent = words ?? area.dataset[state] ?? "";
  };

  const tell = (area, name, detail) => area.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

  const plan = (area, pause) => {
    clearTimeout(planned.get(area));
    planned.set(area, setTimeout(save, pause, area));
  };

  const post = (area, text) => {
    const body = new FormData();
    body.set(area.name, text);
    body.set("revision", area.dataset.revision);
    for (const name of ["shape", "references"]) { // rows of its table and names of its references when it was opened
      const kept = area.form?.elements.namedItem(name);
      if (kept) body.set(name, kept.value);
    }
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const keepalive = text.length < 9000; // leaves with a closing tab; the browser's limit is 64 KB
    return fetch(area.dataset.autosave, { method: "POST", body, headers, redirect: "error", keepalive });
  };

  const saved = (area, text, { revision, words }) => {
    area.dataset.revision = revision;
    const sent = area.name.startsWith("part-") ? area.name.replace("part-", "revision-") : "revision";
    const field = area.form?.elements.namedItem(sent); // what the Save button sends
    if (field) field.value = revision;
    tell(area, "zabota:saved", { text });
    say(area, "saved", words);
  };

  async function save(area) {
    if (area.dataset.busy) return plan(area, QUIET);
    clearTimeout(planned.get(area));
    planned.delete(area);
    area.dataset.busy = "1";
    say(area, "saving");
    const text = area.value;
    try {
      const answer = await post(area, text);
      const detail = await answer.json();
      if (answer.ok) return saved(area, text, detail);
      if (answer.status !== 409) throw detail;
      say(area, "conflict");
      tell(area, "zabota:conflict", detail);
    } catch (trouble) {
      say(area, "unsaved", trouble.words); // without words: there was no connection
      if (!planned.has(area)) plan(area, AGAIN);
    } finally {
      delete area.dataset.busy;
    }
  }

  const changed = ({ target: area, type }) => {
    if (!area.matches("textarea[data-autosave]")) return;
    if (type === "zabota:restored") say(area, "restored");
    plan(area, QUIET);
  };
  for (const name of ["input", "zabota:save", "zabota:restored"]) document.addEventListener(name, changed);
  addEventListener("online", () => [...planned.keys()].forEach(save));
  document.addEventListener("visibilitychange", () => document.hidden && [...planned.keys()].forEach(save));
})();
