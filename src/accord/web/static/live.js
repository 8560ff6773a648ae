"use strict";
// Says that the store has changed since the page was loaded; the page stays as it is until the reader wants it anew.
// A page asks for it by data-live on any element: "all", or the id of the one story that it shows.
(() => {
  const wanted = document.querySelector("[data-live]")?.dataset.live;
  const live = document.querySelector("#live");
  if (!wanted || !live || !window.EventSource) return;
  const stories = new Set();
  let unknown = false;
  let last = null;
  let source = null;
  let tries = 0;
  let timer = 0;

  function words() {
    if (wanted !== "all") return "This story has changed.";
    if (unknown || !stories.size) return "There is news.";
    return stories.size === 1 ? "1 story changed." : `${stories.size} stories changed.`;
  }
  function banner() {
    if (!unknown && !stories.size) return;
    const text = document.createElement("span");
    text.textContent = words();
    text.dataset.banner = "";
    const show = document.createElement("button");
    show.type = "button";
    show.className = "button quiet";
    show.textContent = "Show";
    show.addEventListener("click", () => location.reload());
    live.replaceChildren(text, show);
  }
  function changed(told) {
    if (wanted === "all") {
      unknown ||= told.count === null || told.count > told.stories.length;
      told.stories.forEach((story) => stories.add(story));
    } else if (told.count === null || told.stories.includes(wanted)) {
      stories.add(wanted);
    }
    if (live.querySelector("[data-banner]")?.textContent !== words()) banner();
  }
  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }
  function open() {
    if (source || document.hidden) return;
    source = new EventSource(last ? `/events?since=${encodeURIComponent(last)}` : "/events");
    source.addEventListener("here", (event) => { last = event.lastEventId; tries = 0; });
    source.addEventListener("changed", (event) => {
      last = event.lastEventId;
      tries = 0;
      changed(JSON.parse(event.data));
    });
    source.addEventListener("error", () => { // not all at once after the room was away
      close();
      timer = setTimeout(open, Math.min(120, 4 * 2 ** tries++) * 1000 * (0.5 + Math.random()));
    });
  }
  // words of the moment take the banner's place; it comes back after them
  new MutationObserver(() => live.hasChildNodes() || banner()).observe(live, { childList: true });
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
})();
