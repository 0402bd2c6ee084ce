// A draft whose entry is recorded has done its work: by what the next page says, or, where that was lost, by asking the server.
(() => {
  const drafts = window.Drafts;
  const body = document.body;
  if (!drafts) {
    // The sign-in asks: what was sent last has not arrived, and whoever comes next ends nobody's draft.
    if (!body.dataset.user) sessionStorage.removeItem("draft-sent");
    return;
  }

  // Where the sending was cut off (no connection, signed out, an error page) only the mark goes, the draft stays.
  // A page that says nothing proves nothing: an entry with a uid is asked about, another came straight from its form.
  const settle = () => {
    const sent = drafts.keyAt(sessionStorage.getItem("draft-sent"));
    const draft = drafts.read(sent);
    sessionStorage.removeItem("draft-sent");
    if (!draft) return;
    const [arrival] = performance.getEntriesByType("navigation");
    const cutOff = body.hasAttribute("data-error-page") || (arrival && arrival.type !== "navigate");
    const refused = document.querySelector("form[data-draft] .is-invalid, form[data-draft] .errors, form[data-draft] [data-unsaved]");
    const told = document.querySelector(".messages .alert-success, [data-undo]");
    const straight = !draft.uid && document.referrer === location.origin + draft.page;
    if (!cutOff && !refused && (told || straight)) drafts.forget(sent);
  };

  const ask = async () => {
    const unsure = drafts.all().filter((draft) => draft.sent && draft.uid);
    if (!unsure.length) return;
    const query = new URLSearchParams(unsure.map((draft) => ["uid", draft.uid]));
    const answer = await fetch(`${body.dataset.recorded}?${query}`, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { recorded } = await answer.json();
    const stillSent = (draft) => (drafts.read(draft.key) || {}).sent; // not typed on meanwhile
    unsure.filter((draft) => recorded.includes(draft.uid) && stillSent(draft)).forEach((draft) => drafts.forget(draft.key));
    document.dispatchEvent(new Event("drafts"));
  };

  const begin = async () => {
    await drafts.ready;
    settle();
    document.dispatchEvent(new Event("drafts"));
    if (navigator.onLine) await ask();
  };
  begin().catch(() => {}); // no answer: the drafts stay until the next page asks
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sessionStorage.removeItem("draft-sent");
  });
})();
