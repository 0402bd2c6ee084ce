// Says in the frame of every page what the outbox of this device holds, and what keeps it from being sent.
(() => {
  const { TripOutbox: outbox } = window;
  const bar = document.querySelector("[data-trip-bar]");
  if (!outbox || !bar) return;
  const counts = bar.querySelector("[data-counts]");
  let why = "";

  const show = async () => {
    const found = { waiting: 0, sending: 0, refused: 0, recorded: 0 };
    for (const row of await outbox.list()) found[row.state] += 1;
    const words = Object.entries(found).filter(([state, count]) => count && (state !== "recorded" || location.hash === "#entries"));
    counts.textContent = words.map(([state, count]) => counts.dataset[state].replace("0", count)).join(" · ");
    const unsent = found.waiting + found.sending + found.refused;
    bar.hidden = !unsent;
    document.body.toggleAttribute("data-unsent", Boolean(unsent)); // signing out asks then
    for (const said of document.querySelectorAll("[data-with-unsent]")) said.hidden = !unsent;
    bar.classList.toggle("trip-bar-amber", Boolean(found.refused || (why && why !== "offline")));
    for (const said of bar.querySelectorAll("[data-held]")) said.hidden = !(found.waiting + found.sending) || said.dataset.held !== why;
  };
  document.addEventListener("trip-outbox", show);
  document.addEventListener("trip-held", (event) => {
    why = event.detail;
    show();
  });
  window.addEventListener("offline", () => {
    why = "offline";
    show();
  });
  show();
})();
