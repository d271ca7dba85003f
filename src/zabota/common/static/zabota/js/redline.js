// Live redline: while a textarea[data-redline="URL"] is edited, the server is asked what all text areas of its form
// change together (cells of one table are not saved at the same moment); the answer stands in data-redline-into.
"use strict";
(() => {
  const QUIET = 500;
  const waiting = new WeakMap();

  const typed = (form) => {
    const body = new FormData();
    for (const area of form.querySelectorAll("textarea[data-redline]")) body.set(area.name, area.value);
    for (const name of ["shape", "references"]) {
      const kept = form.elements.namedItem(name);
      if (kept) body.set(name, kept.value);
    }
    return body;
  };

  const ask = async (area) => {
    const state = waiting.get(area.form);
    state.request?.abort();
    const request = (state.request = new AbortController());
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const answer = await fetch(area.dataset.redline, {
      method: "POST", body: typed(area.form), headers: { "X-CSRFToken": token }, signal: request.signal, redirect: "error",
    });
    if (!answer.ok) return;
    const words = await answer.text();
    if (!request.signal.aborted) document.getElementById(area.dataset.redlineInto).innerHTML = words;
  };

  const plan = ({ target: area }) => {
    if (!area.matches("textarea[data-redline]")) return;
    const state = waiting.get(area.form) ?? {};
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(area).catch(() => {}), QUIET); // the redline is a help; saving reports
    waiting.set(area.form, state);
  };
  for (const name of ["input", "zabota:restored", "zabota:save"]) document.addEventListener(name, plan);
})();
