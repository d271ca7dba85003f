// [data-copy="id of the input"] puts its value on the clipboard and says so. Shown only where that works.
"use strict";
(() => {
  if (!navigator.clipboard) return;
  const show = (root) => root.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = false));
  show(document);
  document.addEventListener("zabota:swapped", (event) => show(event.target));

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    const words = button.querySelector("span") ?? button;
    const before = words.textContent;
    if (before === button.dataset.copied) return;
    words.textContent = button.dataset.copied;
    setTimeout(() => (words.textContent = before), 2500);
  });
})();
