// What was typed or chosen and not sent yet passes from a part into the one that takes its place.
"use strict";
(() => {
  const again = (fresh, was) =>
    was.id
      ? fresh.querySelector(`#${CSS.escape(was.id)}`)
      : [...fresh.querySelectorAll(`[name="${CSS.escape(was.name)}"]`)].find((one) => !["radio", "checkbox"].includes(was.type) || one.value === was.value);

  const take = (was, now) => {
    if (was.type === "file") {
      if (was.files.length) now.files = was.files;
    } else if (["radio", "checkbox"].includes(was.type)) {
      if (was.checked !== was.defaultChecked) now.checked = was.checked;
    } else if (was.tagName === "SELECT") {
      if ([...was.options].some((one) => one.selected !== one.defaultSelected)) now.value = was.value;
    } else if (was.value !== was.defaultValue) now.value = was.value;
  };

  window.zabotaCarry = (old, fresh) => {
    for (const was of old.querySelectorAll("textarea, select, input:not([type=hidden])")) {
      const now = was.id || was.name ? again(fresh, was) : null;
      if (now && now.type === was.type) take(was, now);
    }
  };
})();
