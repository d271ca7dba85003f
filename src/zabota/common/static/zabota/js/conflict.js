// Two people saved the same clause: both texts are shown, the writer chooses, and neither is lost.
// <div class="conflict" id="<textarea id>-conflict" hidden> holds [data-mine], [data-theirs], [data-said], [data-take].
"use strict";
(() => {
  const boxOf = (area) => document.getElementById(`${area.id}-conflict`);

  document.addEventListener("zabota:conflict", (event) => {
    const area = event.target;
    const box = boxOf(area);
    const { text, revision, said } = event.detail;
    box.dataset.revision = revision;
    box.querySelector("[data-mine]").textContent = area.value;
    box.querySelector("[data-theirs]").textContent = text;
    box.querySelector("[data-said]").textContent = said ?? "";
    box.hidden = false;
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".conflict [data-take]");
    if (!button) return;
    const box = button.closest(".conflict");
    const area = document.getElementById(box.id.replace(/-conflict$/, ""));
    area.dataset.revision = box.dataset.revision;
    if (button.dataset.take === "theirs") area.value = box.querySelector("[data-theirs]").textContent;
    // the box stays open with both texts until the page is left: what was not taken can still be copied
    area.focus();
    area.dispatchEvent(new CustomEvent("zabota:save", { bubbles: true }));
  });
})();
