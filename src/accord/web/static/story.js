"use strict";
// Reports with marked evidence: a line marks its passages in all of them, a passage marks its line. Without this script
// both are plain links.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const status = one("#status");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 48rem)");

  // the origins: a shared passage lights up with its curves
  for (const block of all(".block")) {
    const light = (on) => () => all(`[data-shared="${block.dataset.shared}"]`).forEach((part) => part.classList.toggle("lit", on));
    for (const event of ["mouseenter", "focus"]) block.addEventListener(event, light(true));
    for (const event of ["mouseleave", "blur"]) block.addEventListener(event, light(false));
  }

  // c copies the finding of a line with its citations, which its own page has
  addEventListener("keydown", async (event) => {
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || !one("#shortcuts")?.checked || one("#help")?.open) return;
    if (event.target.closest?.("input, textarea, select")) return;
    const line = document.activeElement.closest("[data-line]") ?? one("[data-line].on");
    const open = line && one("[data-open]", line);
    if (!open || one("[data-copy]", line) || !/\/findings\/[^/]+$/.test(open.pathname)) return;
    try {
      const answer = await fetch(`${open.pathname}/citation.txt${open.search}`);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      room.say("Copied with its citations.");
    } catch {
      room.say("It could not be copied here; open the finding and copy its words.");
    }
  });

  const picks = new Map(all(".pick[data-key]").map((pick) => [pick.dataset.key, pick]));
  const passages = new Map();
  for (const passage of all(".text .ev[data-k]")) {
    for (const key of passage.dataset.k.split(" ")) {
      if (!passages.has(key)) passages.set(key, []);
      passages.get(key).push(passage);
    }
  }
  if (!picks.size) return;
  let active = null;
  let next = 0;
  const behavior = () => (calm.matches ? "auto" : "smooth");
  const columns = !!one(".report");

  function clear() {
    for (const on of all(".text .on, .list .on, .carried .on")) on.classList.remove("on");
    active = null;
    next = 0;
    status.textContent = "";
  }

  function mark(key) {
    clear();
    active = key;
    picks.get(key)?.closest(".line").classList.add("on");
    const carriers = new Set();
    for (const passage of passages.get(key) || []) {
      passage.classList.add("on");
      carriers.add(passage.closest(".report"));
    }
    if (columns) status.textContent = `Marked in ${Array.from(carriers, (report) => one("h2", report).textContent).join(", ")}.${wide.matches ? " Escape clears." : ""}`;
  }

  // Where each stretch of marked passages begins: pieces that follow each other are one.
  function places(key) {
    const list = passages.get(key) || [];
    return list.filter((passage, at) => !(at && list[at - 1].closest("p") === passage.closest("p")));
  }

  function show(passage) {
    const report = passage.closest(".report");
    if (report && wide.matches) {
      const top = passage.getBoundingClientRect().top - report.getBoundingClientRect().top + report.scrollTop;
      report.scrollTo({ top: top - report.clientHeight / 3, behavior: behavior() });
    } else {
      passage.scrollIntoView({ block: "center", behavior: behavior() });
    }
  }

  function showAll(key) {
    const seen = new Set();
    for (const passage of places(key)) {
      const report = passage.closest(".report");
      if (seen.has(report)) continue;
      seen.add(report);
      if (!columns || wide.matches) show(passage);
    }
  }

  function reveal(key) {
    const line = picks.get(key)?.closest(".line");
    if (!line) return;
    for (let box = line.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    line.scrollIntoView({ block: "nearest", behavior: behavior() });
  }

  for (const [key, pick] of picks) {
    pick.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (active === key) return clear();
      mark(key);
      if (columns && !wide.matches) show(places(key)[0] ?? pick);
      else showAll(key);
    });
  }
  for (const link of all("[data-pick]")) {
    link.addEventListener("click", (event) => {
      if (!picks.has(link.dataset.pick)) return;
      event.preventDefault();
      mark(link.dataset.pick);
      reveal(link.dataset.pick);
      picks.get(link.dataset.pick).focus({ preventScroll: true });
    });
  }
  // A click on a passage shows its first line; another click the next one that stands there.
  for (const passage of all(".text .ev[data-k]")) {
    passage.addEventListener("click", (event) => {
      if (event.target.closest("a") || !getSelection().isCollapsed) return;
      const keys = passage.dataset.k.split(" ").filter((key) => picks.has(key));
      if (!keys.length) return;
      const key = keys[(keys.indexOf(active) + 1) % keys.length];
      mark(key);
      reveal(key);
    });
  }
  document.addEventListener("line:picked", (event) => {
    const key = one(".pick[data-key]", event.target)?.dataset.key;
    if (!key || !columns) return;
    mark(key);
    if (wide.matches) showAll(key);
  });
  document.addEventListener("line:evidence", (event) => {
    const key = one(".pick[data-key]", event.detail ?? document.createElement("p"))?.dataset.key ?? active;
    if (!key) return;
    if (active !== key) mark(key);
    const list = places(key);
    if (list.length) show(list[next++ % list.length]);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  addEventListener("hashchange", () => picks.has(location.hash.slice(1)) && mark(location.hash.slice(1)));
  const picked = one(".list .line.on .pick[data-key]");
  if (picked) {
    mark(picked.dataset.key);
    reveal(picked.dataset.key);
    showAll(picked.dataset.key);
  } else if (one("#at") && !columns) {
    show(one("#at"));
  }
})();
