// Saves fields of form[data-fields] as they are typed, each by itself: POST to the form's action, JSON asked for.
// The answer {words, problems: {name: "…"}} stands beside the field; what is wrong is kept all the same.
"use strict";
(() => {
  const QUIET = 800;
  const planned = new Map();

  const say = (form, state, words) => {
    const place = form.querySelector("[data-fields-saved]");
    if (!place) return;
    place.dataset.state = state;
    place.textContent = words ?? form.dataset[state] ?? "";
  };

  const tell = (control, problem) => {
    const place = document.getElementById(control.dataset.help);
    if (!place) return;
    place.dataset.usual ??= place.textContent;
    place.textContent = problem || place.dataset.usual;
    place.className = problem ? "field-error" : "help quiet";
    if (problem) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };

  async function save(control) {
    planned.delete(control);
    const form = control.form;
    const body = new FormData(), text = control.value;
    body.set(control.name, text);
    const token = document.querySelector('meta[name="csrf-token"]').content;
    say(form, "saving");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" }, redirect: "error", keepalive: true,
      });
      const { words, problems, tally, filled } = await answer.json();
      if (!answer.ok) return say(form, "unsaved", words);
      tell(control, problems[control.dataset.field]);
      control.closest(".field-box")?.querySelector("[data-missing]")?.toggleAttribute("hidden", control.value.trim() !== "");
      const summary = form.closest("details")?.querySelector("[data-tally]");
      if (summary && tally) summary.innerHTML = tally;
      const meter = form.querySelector("meter");
      if (meter && filled !== undefined) meter.value = filled;
      control.dispatchEvent(new CustomEvent("zabota:value-saved", { bubbles: true, detail: { text } }));
      document.body.dispatchEvent(new CustomEvent("zabota:fields-saved"));
      say(form, "saved", words);
    } catch {
      say(form, "unsaved"); // no connection: tried again when it is back, with the next key, and by the button
      plan(control, 10000);
    }
  }

  function plan(control, pause) {
    clearTimeout(planned.get(control));
    planned.set(control, setTimeout(save, pause, control));
  }

  for (const name of ["input", "change"]) {
    document.addEventListener(name, ({ target }) => {
      if (target.matches("form[data-fields] [data-field]")) plan(target, name === "change" ? 0 : QUIET);
    });
  }
  addEventListener("online", () => [...planned.keys()].forEach(save));
  document.addEventListener("visibilitychange", () => document.hidden && [...planned.keys()].forEach(save));
})();
