// A till without a connection: a receipt (form[data-till]) that did not leave waits in the browser and is sent again
// until it is answered; its number makes it happen once, whatever arrived meanwhile.
"use strict";
(() => {
  const KEY = "zabota:till", AGAIN = 15000;
  const place = document.getElementById("till-waiting");
  const read = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
  const refused = [];

  const show = () => {
    const waiting = read();
    const numbers = waiting.map((one) => new URLSearchParams(one.body).get("receipt")).join(", ");
    const lines = waiting.length ? [`${place.dataset.words} ${numbers}`] : [];
    if (refused.length) lines.push(`${place.dataset.refused} ${refused.join("; ")}`);
    place.hidden = !lines.length;
    place.lastElementChild.textContent = lines.join(". ");
  };

  const keep = (list) => { localStorage.setItem(KEY, JSON.stringify(list)); show(); };

  const send = async ({ url, body }) => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-Zabota-Till": "1",
      "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content };
    const answer = await fetch(url, { method: "POST", body, headers, redirect: "error", signal: AbortSignal.timeout(20000) });
    if (answer.status !== 200 && answer.status !== 422) throw new Error(`${answer.status}`);
    return answer.json();
  };

  let busy = false;
  const sendAgain = async () => {
    if (busy) return;
    busy = true;
    try {
      for (let list = read(); list.length; list = read()) {
        const told = await send(list[0]);
        if (!told.done) refused.push(`${new URLSearchParams(list[0].body).get("receipt")}: ${told.said}`);
        keep(read().slice(1));
      }
    } catch { show(); } finally { busy = false; }
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-till]") || event.defaultPrevented) return;
    event.preventDefault();
    const now = new Date();
    const data = new URLSearchParams(new FormData(form));
    const one = { url: form.getAttribute("action"), body: data.toString() };
    try {
      const told = await send(one);
      // The page as it is now says what was done; what was refused comes back with its fields.
      if (told.done) location.assign(`/desk/till/?client=${one.url.match(/till\/(\d+)\//)[1]}`);
      else form.submit();
    } catch {
      const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-");
      data.set("day", day);
      keep([...read(), { url: one.url, body: data.toString() }]);
      form.reset();
    }
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  });

  window.addEventListener("online", sendAgain);
  setInterval(sendAgain, AGAIN);
  show();
  sendAgain();
})();
