// Live parts: an element with id and data-live="URL?seen=17" is asked for every 5 seconds; with data-live-soon
// every 1.5 seconds (who is calling).
// 200: one or more elements, each takes the place of the one with its id; 204: unchanged; 286: the last answer.
// After one's own request by htmx it is asked at once with "own": the line and the rail follow one's own click.
// What the reader is using (focus inside, an opened details or dialog) is left alone and asked for again; what
// they typed or chose and did not send yet is taken over into what comes (carry.js).
"use strict";
(() => {
  const PAUSE = 5000, SOON = 1500;
  const closed = new WeakSet();

  const inUse = (part) =>
    part.contains(document.activeElement) ||
    part.querySelector("details[open]:not([data-open]), dialog[open], :popover-open") !== null ||
    part.matches("details[open]:not([data-open]), dialog[open]");

  const swap = (fresh, own) => {
    const old = document.getElementById(fresh.id);
    if (!old) return true;
    if (inUse(old)) return false;
    const words = fresh.dataset.liveSay;
    if (words && words !== old.dataset.liveSay) document.getElementById("live-voice").textContent = words;
    if (!own) window.zabotaCarry?.(old, fresh);
    old.replaceWith(fresh);
    window.htmx?.process(fresh);
    fresh.dispatchEvent(new CustomEvent("zabota:swapped", { bubbles: true }));
    return true;
  };

  const markSeen = (part, seen) => {
    if (!seen || !part.isConnected) return;
    const url = new URL(part.dataset.live, location.href);
    url.searchParams.set("seen", seen);
    part.dataset.live = url.pathname + url.search;
  };

  const ask = async (part, own = false) => {
    if (closed.has(part) || inUse(part)) return;
    const answer = await fetch(part.dataset.live + (own ? "&own=1" : ""), { headers: { "X-Zabota-Live": "1" }, redirect: "error" });
    if (answer.status === 204 || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const done = [...page.body.querySelectorAll(":scope > [id]")].map((fresh) => swap(document.adoptNode(fresh), own));
    if (!done.every(Boolean)) {
      const now = document.getElementById(part.id); // something was in use: ask for the same again
      if (now) now.dataset.live = part.dataset.live;
      return;
    }
    markSeen(part, answer.headers.get("X-Zabota-Seen"));
    if (answer.status === 286) closed.add(document.getElementById(part.id) ?? part);
  };

  const round = async (which, pause) => {
    if (!document.hidden) {
      for (const part of document.querySelectorAll(`[data-live][id]${which}`)) {
        await ask(part).catch(() => {}); // no connection: the next round asks again
      }
    }
    setTimeout(round, pause, which, pause);
  };

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || event.detail.requestConfig?.verb !== "post") return;
    for (const part of document.querySelectorAll("[data-live][id]")) ask(part, true).catch(() => {});
  });
  setTimeout(round, PAUSE, ":not([data-live-soon])", PAUSE);
  setTimeout(round, SOON, "[data-live-soon]", SOON);
})();
