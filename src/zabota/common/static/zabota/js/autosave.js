// Saves textarea[data-autosave="URL"] after a second of quiet; says so in #<id>-saved.
// What is not yet saved waits in the browser under data-draft-key (user and clause) and comes back on reload.
// Answers: 200 {revision, words}; 409 {revision, text, who}: another text was saved meanwhile, see conflict.js.
"use strict";
(() => {
  const QUIET = 1000;
  const AGAIN = 10000;
  const timers = new WeakMap();
  const key = (area) => `zabota:draft:${area.dataset.draftKey}`;

  const say = (area, state, words) => {
    const place = document.getElementById(`${area.id}-saved`);
    if (!place) return;
    place.dataset.state = state;
    place.textContent = words ?? area.dataset[state] ?? "";
  };

  const keep = (area) =>
    localStorage.setItem(key(area), JSON.stringify({ text: area.value, revision: area.dataset.revision }));

  const plan = (area, pause) => {
    clearTimeout(timers.get(area));
    timers.set(area, setTimeout(() => save(area), pause));
  };

  const post = (area, text) => {
    const body = new FormData();
    body.set(area.name, text);
    body.set("revision", area.dataset.revision);
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    return fetch(area.dataset.autosave, { method: "POST", body, headers, redirect: "error" });
  };

  const save = async (area) => {
    if (area.dataset.busy) return plan(area, QUIET);
    area.dataset.busy = "1";
    const text = area.value;
    say(area, "saving");
    try {
      const answer = await post(area, text);
      if (answer.status === 409) {
        say(area, "conflict");
        const detail = await answer.json();
        area.dispatchEvent(new CustomEvent("zabota:conflict", { bubbles: true, detail }));
      } else if (answer.ok) {
        const { revision, words } = await answer.json();
        area.dataset.revision = revision;
        const field = area.form?.elements.namedItem("revision");
        if (field) field.value = revision;
        if (area.value === text) localStorage.removeItem(key(area));
        else keep(area);
        say(area, "saved", words);
      } else throw new Error(String(answer.status));
    } catch {
      say(area, "unsaved");
      plan(area, AGAIN);
    } finally {
      delete area.dataset.busy;
    }
  };

  const changed = (area) => { keep(area); plan(area, QUIET); };
  const ours = (event) => event.target.matches("textarea[data-autosave]") && changed(event.target);
  document.addEventListener("input", ours);
  document.addEventListener("zabota:save", ours);

  const restore = (root) => root.querySelectorAll("textarea[data-autosave]").forEach((area) => {
    const kept = JSON.parse(localStorage.getItem(key(area)) ?? "null");
    if (!kept) return;
    if (kept.text === area.value) return localStorage.removeItem(key(area));
    area.value = kept.text;
    area.dataset.revision = kept.revision;
    say(area, "restored");
    plan(area, QUIET);
  });
  restore(document);
  document.addEventListener("zabota:swapped", (event) => restore(event.target));
  document.addEventListener("htmx:load", (event) => event.target.querySelectorAll && restore(event.target));
})();
