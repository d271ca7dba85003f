// Live values: what is typed into [data-field] stands at once in every .field[data-field] of the text.
// Numbers and dates are shown as the page's language writes them; the server writes them for good on saving.
"use strict";
(() => {
  const language = document.documentElement.lang;
  const dates = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" });

  const shown = (input) => {
    const value = input.value.trim();
    if (!value) return "";
    if (input.tagName === "SELECT") return input.selectedOptions[0].textContent;
    if (input.type === "date") return dates.format(new Date(`${value}T12:00`));
    const plain = value.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
    const numeric = input.type === "number" || input.inputMode === "decimal";
    if (numeric && /^-?\d+(\.\d+)?$/.test(plain)) return new Intl.NumberFormat(language).format(plain);
    return value;
  };

  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!input.matches("input[data-field], select[data-field], textarea[data-field]")) return;
    const words = shown(input);
    for (const place of document.querySelectorAll(`.field[data-field="${CSS.escape(input.dataset.field)}"]`)) {
      place.classList.toggle("blank", !words);
      place.textContent = words || place.dataset.empty || "…";
    }
  });
})();
