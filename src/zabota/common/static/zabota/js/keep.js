// What is typed into textarea[data-draft-key] (user and clause) waits in the browser until the server has it,
// and comes back after a reload, a crash or a lost connection. Saving itself is autosave.js.
"use strict";
(() => {
  const KEPT = "textarea[data-draft-key]";
  const key = (area) => `zabota:draft:${area.dataset.draftKey}`;

  // What its references were called: their numbers may be others by the time the text comes back.
  const references = (area) => area.form?.elements.namedItem("references");

  const keep = ({ target: area }) => {
    if (!area.matches(KEPT)) return;
    localStorage.setItem(key(area), JSON.stringify({
      text: area.value, revision: area.dataset.revision, references: references(area)?.value,
    }));
  };

  const restore = (area) => {
    if (area.dataset.looked) return;
    area.dataset.looked = "1";
    const kept = JSON.parse(localStorage.getItem(key(area)));
    if (kept === null || kept.text === area.value) return localStorage.removeItem(key(area));
    area.value = kept.text;
    area.dataset.revision = kept.revision; // a stale one: the server answers with both texts
    if (kept.references && references(area)) references(area).value = kept.references;
    area.dispatchEvent(new CustomEvent("zabota:restored", { bubbles: true }));
  };
  const look = ({ target }) => target.querySelectorAll(KEPT).forEach(restore);

  document.addEventListener("input", keep);
  document.addEventListener("zabota:save", keep);
  document.addEventListener("zabota:saved", (event) => {
    if (event.target.value === event.detail.text) localStorage.removeItem(key(event.target));
    else keep(event); // typed on meanwhile, now over the new revision
  });
  for (const name of ["zabota:swapped", "htmx:load"]) document.addEventListener(name, look);
  look({ target: document });
})();
