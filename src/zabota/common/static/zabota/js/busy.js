// A form is sent once: its button turns busy until the answer, and comes back with the browser's Back.
"use strict";
(() => {
  const calm = (form) => {
    delete form.dataset.sent;
    for (const button of form.elements) button.removeAttribute("aria-busy"); // those outside it as well
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // What is only asked for may be asked again; where it takes a while, that is seen.
    if ("busy" in form.dataset) event.submitter?.setAttribute("aria-busy", "true");
    if (form.method !== "post" || form.target || "again" in form.dataset) return;
    if (form.dataset.sent) return event.preventDefault();
    if (event.defaultPrevented) return; // htmx sends it and shows its own progress
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent], form[data-busy]").forEach(calm));
})();
