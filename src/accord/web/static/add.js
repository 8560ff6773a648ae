"use strict";
// Add: files can be dropped, and a job tells how far it is. Without this file forms and pages work as they are.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);

  // files: dropped onto the field, or onto the page while nothing else is meant
  const drop = one("[data-drop]");
  if (drop) {
    const input = one("input[type=file]", drop);
    const said = one("[data-dropped]", drop);
    const holds = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");
    const show = () => {
      const names = Array.from(input.files, (file) => file.name);
      said.textContent = names.length > 1 ? `${names.length} files: ${names.slice(0, 5).join(", ")}${names.length > 5 ? " …" : ""}` : "";
    };
    input.addEventListener("change", show);
    addEventListener("dragover", (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      drop.classList.add("over");
    });
    addEventListener("dragleave", (event) => event.relatedTarget || drop.classList.remove("over"));
    addEventListener("drop", (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      drop.classList.remove("over");
      input.files = event.dataTransfer.files;
      input.focus();
      show();
    });
  }

  // a job: its stream says what its page would, and at the end the page's own words take their place
  const job = one("#job[data-events]");
  if (!job) return;
  const MOST = 100;
  const words = one("[data-words]", job);
  const bar = one("[data-bar]", job);
  const sections = Object.fromEntries(["reject", "update"].map((what) => [what, one(`[data-section=${what}]`, job)]));
  const shown = Object.fromEntries(Object.entries(sections).map(([what, part]) => [what, one("[data-rows]", part).children.length]));
  const node = (name, text, from = {}) => Object.assign(document.createElement(name), { textContent: text ?? "", ...from });
  const ROWS = {
    reject: (told) => [node("b", told.what), " ", node("span", told.reason)],
    update: (told) => [node("span", told.kind, { className: "tag" }), " ", node("a", told.gist, { className: "quietly", href: `/stories/${encodeURIComponent(told.story)}` })],
  };
  const seen = { reject: 0, update: 0 };
  function row(what, told) {
    const part = sections[what];
    seen[what] += 1;
    one("[data-count]", part).textContent = Math.max(seen[what], shown[what]);
    if (seen[what] <= shown[what] || seen[what] > MOST) return; // on the page already
    const line = document.createElement("li");
    line.append(...ROWS[what](told));
    one("[data-rows]", part).append(line);
    part.hidden = false;
  }
  async function finish() {
    source.close();
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = one("#job", page);
    if (!fresh) return;
    const state = one("[data-words]", fresh).parentElement;
    words.textContent = state.textContent.replace(/\s+/g, " ").trim(); // said by what is read out already
    document.title = page.title;
    setTimeout(() => {
      const inside = job.contains(document.activeElement);
      job.replaceWith(fresh);
      window.room?.local?.(fresh);
      if (inside) one("a, button", fresh)?.focus();
    }, 700);
  }
  const source = new EventSource(job.dataset.events);
  source.addEventListener("stage", (event) => {
    const told = JSON.parse(event.data);
    words.textContent = told.words;
    if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
    } else {
      bar.removeAttribute("value");
    }
  });
  for (const what of ["reject", "update"]) source.addEventListener(what, (event) => row(what, JSON.parse(event.data)));
  source.addEventListener("end", finish);
  source.addEventListener("failed", finish);
  source.addEventListener("error", () => source.readyState === EventSource.CLOSED && finish());
})();
