// Live redline: while a textarea[data-redline="URL"] is edited, the server is asked what changed,
// and its answer stands in the element named by data-redline-into.
"use strict";
(() => {
  const QUIET = 500;
  const waiting = new WeakMap();

  const ask = async (area) => {
    waiting.get(area).request?.abort();
    const request = new AbortController();
    waiting.get(area).request = request;
    const body = new FormData();
    body.set(area.name, area.value);
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const answer = await fetch(area.dataset.redline, {
      method: "POST", body, headers: { "X-CSRFToken": token }, signal: request.signal, redirect: "error",
    });
    if (!answer.ok) return;
    document.getElementById(area.dataset.redlineInto).innerHTML = await answer.text();
  };

  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.matches("textarea[data-redline]")) return;
    const state = waiting.get(area) ?? {};
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(area).catch(() => {}), QUIET); // the redline is a help; saving reports
    waiting.set(area, state);
  });
})();
