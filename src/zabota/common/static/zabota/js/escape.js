// Escape closes what was opened in place: a box beside a clause in which nothing was typed, else a small fold;
// the focus goes back to what opened it. Menus are menu.js, dialogs the browser's own.
"use strict";
(() => {
  const typed = (form) => [...form.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);

  const shutBox = (form) => {
    const clause = form.closest(".clause");
    let slot = form.closest("[id^='edit-']");
    if (slot) slot.replaceChildren();
    else {
      slot = document.createElement("div");
      slot.className = "slot";
      slot.id = form.querySelector("textarea").id.replace(/^say-/, "say-box-");
      form.replaceWith(slot);
    }
    clause.querySelector(`[hx-target="#${CSS.escape(slot.id)}"]`)?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    const form = event.target.closest(".clause form:is(.compose, .editor)");
    if (form) return typed(form) ? undefined : shutBox(form);
    const fold = event.target.closest("details.fold.bare[open]");
    if (!fold) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
})();
