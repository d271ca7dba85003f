// What is typed into textarea[data-stays] (user and case) outlives whatever else is pressed on its page until it is
// sent: ready words that come with the address are put below it. It ends with the tab.
"use strict";
(() => {
  const KEPT = "textarea[data-stays]";
  const key = (area) => `zabota:stays:${area.dataset.stays}`;

  const keep = ({ target: area }) => {
    if (!area.matches(KEPT)) return;
    if (area.value.trim()) sessionStorage.setItem(key(area), area.value);
    else sessionStorage.removeItem(key(area));
  };

  const restore = (area) => {
    const was = sessionStorage.getItem(key(area));
    const put = area.defaultValue.trim();
    if (was === null || put.includes(was.trim())) return;
    area.value = !put || was.includes(put) ? was : `${was.trimEnd()}\n\n${put}`;
    sessionStorage.setItem(key(area), area.value);
  };

  const sent = ({ target: form }) => form.querySelectorAll(KEPT).forEach((area) => sessionStorage.removeItem(key(area)));

  document.addEventListener("input", keep);
  document.addEventListener("submit", sent);
  document.querySelectorAll(KEPT).forEach(restore);
})();
