// A row of tabs wider than the screen opens with the chosen one in sight; without a script it begins at its beginning.
"use strict";
(() => {
  for (const chosen of document.querySelectorAll(".tabs > [aria-current]")) {
    const row = chosen.parentElement;
    if (row.scrollWidth <= row.clientWidth) continue;
    const box = chosen.getBoundingClientRect();
    row.scrollLeft += (box.left + box.right) / 2 - row.getBoundingClientRect().left - row.clientWidth / 2;
  }
})();
