// What is typed into fields of form[data-values-key] (user and contract) waits in the browser until the server has it
// (fields.js says so), and comes back after a reload. Where a field was changed meanwhile, both are shown: none is lost.
"use strict";
(() => {
  const FIELD = "form[data-values-key] [data-field]";
  const key = (control) => `zabota:value:${control.form.dataset.valuesKey}:${control.dataset.field}`;
  const served = (control) => control.tagName === "SELECT"
    ? ([...control.options].find((one) => one.defaultSelected) ?? control.options[0]).value
    : control.defaultValue.trim();
  const known = (control) => control.dataset.known ?? served(control);
  const keep = (control) => localStorage.setItem(key(control), JSON.stringify({ text: control.value, was: known(control) }));

  // The server writes numbers and phones in its own way: 1250000.5 comes back as 1 250 000,50.
  const plain = (text) => {
    const bare = text.replace(/\s/g, "").replace(",", ".");
    return bare && Number.isFinite(Number(bare)) ? `${Number(bare)}` : bare.replace(/[^\p{L}\p{N}]/gu, "");
  };

  const show = (control, text) => {
    const note = document.createElement("p");
    note.className = "help";
    note.textContent = `${control.form.dataset.typed} ${text}`;
    control.closest(".field-box").append(note);
  };

  for (const control of document.querySelectorAll(FIELD)) {
    const kept = JSON.parse(localStorage.getItem(key(control)));
    if (kept === null) continue;
    if (plain(kept.text) === plain(known(control))) localStorage.removeItem(key(control));
    else if (kept.was !== known(control)) show(control, kept.text);
    else {
      control.value = kept.text;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  document.addEventListener("input", ({ target }) => target.matches(FIELD) && keep(target));
  document.addEventListener("change", ({ target }) => target.matches(FIELD) && keep(target));
  document.addEventListener("zabota:value-saved", ({ target, detail }) => {
    target.dataset.known = detail.text.trim();
    if (target.value === detail.text) localStorage.removeItem(key(target));
    else keep(target);
  });
})();
