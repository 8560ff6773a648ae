"use strict";
// "since yesterday, 18:20" in place of a full date, in the reader's zone.
for (const time of document.querySelectorAll(".since time.moment")) {
  const told = new Date(time.dateTime);
  const midnight = new Date().setHours(0, 0, 0, 0);
  const days = Math.ceil((midnight - told) / 86400000);
  if (Number.isNaN(days) || days > 1) continue;
  const clock = told.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  time.textContent = `${days < 1 ? "today" : "yesterday"}, ${clock}`;
}
