"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const status = document.getElementById("status");
  const wide = matchMedia("(min-width: 68rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const picks = new Map(all(".pick").map((pick) => [pick.dataset.key, pick]));
  const passages = new Map();
  for (const passage of all(".text .ev")) {
    for (const key of passage.dataset.k.split(" ")) {
      if (!passages.has(key)) passages.set(key, []);
      passages.get(key).push(passage);
    }
  }
  let active = null;

  let arrived = false;
  const behavior = () => (calm.matches || !arrived ? "auto" : "smooth");

  function clear() {
    for (const on of all(".on")) on.classList.remove("on");
    if (active) picks.get(active).setAttribute("aria-pressed", "false");
    active = null;
    status.textContent = "";
  }

  // Marks every passage of a line; a passage that runs over several segments counts once.
  function mark(key) {
    clear();
    const pick = picks.get(key);
    if (!pick) return;
    active = key;
    pick.setAttribute("aria-pressed", "true");
    pick.closest(".line").classList.add("on");
    const carriers = [];
    for (const passage of passages.get(key) || []) {
      passage.classList.add("on");
      const outlet = passage.closest(".report").querySelector("h2").textContent;
      if (!carriers.includes(outlet)) carriers.push(outlet);
    }
    status.textContent = "Marked in " + carriers.join(", ") + (wide.matches ? ". Escape clears." : ".");
  }

  // Scrolls each report to its first marked passage; on a narrow screen the reports stay where they are.
  function scrollReports(key) {
    if (!wide.matches) return;
    const seen = new Set();
    for (const passage of passages.get(key) || []) {
      const report = passage.closest(".report");
      if (seen.has(report)) continue;
      seen.add(report);
      const top = passage.getBoundingClientRect().top - report.getBoundingClientRect().top + report.scrollTop;
      report.scrollTo({ top: top - report.clientHeight / 3, behavior: behavior() });
    }
  }

  function reveal(key) {
    const line = picks.get(key).closest(".line");
    for (let box = line.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    line.scrollIntoView({ block: "center", behavior: behavior() });
  }

  function follow(key) {
    mark(key);
    reveal(key);
    picks.get(key).focus({ preventScroll: true });
  }

  for (const [key, pick] of picks) {
    pick.setAttribute("role", "button");
    pick.setAttribute("aria-pressed", "false");
    pick.draggable = false;
    pick.addEventListener("click", (event) => {
      event.preventDefault();
      if (!getSelection().isCollapsed) return;
      if (active === key) return clear();
      mark(key);
      scrollReports(key);
    });
    pick.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      pick.click();
    });
  }
  for (const link of all("[data-at]")) link.addEventListener("click", () => mark(link.dataset.at));
  for (const link of all("[data-pick]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      follow(link.dataset.pick);
    });
  }
  // A click on a passage shows its first line; another click the next one that stands there.
  for (const passage of all(".text .ev")) {
    passage.addEventListener("click", () => {
      if (!getSelection().isCollapsed) return;
      const keys = passage.dataset.k.split(" ").filter((key) => picks.has(key));
      if (keys.length) follow(keys[(keys.indexOf(active) + 1) % keys.length]);
    });
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  const atHash = () => {
    const key = location.hash.slice(1);
    if (!picks.has(key)) return;
    mark(key);
    reveal(key);
    scrollReports(key);
  };
  addEventListener("hashchange", atHash);
  addEventListener("beforeprint", () => all("details").forEach((box) => (box.open = true)));
  document.documentElement.classList.add("js");
  atHash();
  arrived = true;
})();
