"use strict";
// What every page of the reading room shares: keys, times in the reader's zone, copying with citations.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const help = one("#help");
  const live = one("#live");

  // times: pages give them in UTC
  const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const local = (root) => {
    for (const time of all("time.moment:not([title])", root)) {
      const told = new Date(time.dateTime);
      if (Number.isNaN(told.valueOf())) continue;
      time.title = `${time.textContent}; shown in ${zone}`;
      time.textContent = format.format(told);
    }
  };

  // lines: j and k go through those of the page, e to the evidence of one, o opens, c copies
  const lines = () => all("[data-line]").filter((line) => line.getClientRects().length);
  const current = () => document.activeElement.closest?.("[data-line]") || one("[data-line].on");
  function step(by) {
    const list = lines();
    if (!list.length) return;
    const at = list.indexOf(current());
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    next.dispatchEvent(new CustomEvent("line:picked", { bubbles: true }));
  }
  const press = (selector) => (current() ? one(selector, current()) : one(selector))?.click();

  async function copy(button) {
    const told = one(`#${CSS.escape(button.dataset.copy)}`);
    try {
      await navigator.clipboard.writeText(told.value ?? told.textContent.trim());
      say("Copied with its citations.");
    } catch {
      say("The browser does not let this page copy; select the words instead.");
    }
  }
  let quiet = 0;
  function say(words) {
    live.textContent = words;
    clearTimeout(quiet);
    quiet = setTimeout(() => live.textContent === words && live.replaceChildren(), 5000);
  }

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    e: () => document.dispatchEvent(new CustomEvent("line:evidence", { detail: current() })) && press("[data-evidence]"),
    o: () => press("[data-open]"),
    c: () => press("[data-copy]"),
    u: () => one("[data-up]")?.click(),
    "/": () => one("[data-search]")?.focus() ?? one("#find")?.focus(),
    "?": () => help.showModal(),
  };
  const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const shortcuts = one("#shortcuts");
  const held = (() => { try { return localStorage; } catch { return null; } })();
  shortcuts.checked = held?.getItem("shortcuts") !== "off";
  shortcuts.addEventListener("change", () => held?.setItem("shortcuts", shortcuts.checked ? "on" : "off"));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help.open || typing(event.target)) return;
    if (!shortcuts.checked || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    if (event.target.closest("[data-help]")) help.showModal();
  });
  addEventListener("beforeprint", () => all("details").forEach((box) => (box.open = true)));
  document.addEventListener("htmx:afterSwap", (event) => local(event.target));
  local(document);
  document.documentElement.classList.add("js");
  window.room = { say, local };
})();
