// Keeps what is typed in form[data-draft] on this device, one draft an entry, until it is saved or thrown away.
(() => {
  const drafts = window.Drafts;
  const form = document.querySelector("form[data-draft]");
  if (!drafts || !form) return;

  // Hidden, and kept too: with its uid a draft sent twice is one record; with what the form was opened with, saving
  // shows what somebody else changed since.
  const CARRIED = ["uid", "opened"];
  const NOTED = ["shown_on"]; // the day "today" meant: on the page it stays as it is, and the form is told
  const UNKEPT = ["hidden", "password", "file", "submit", "button"];
  const kept = (field) => CARRIED.includes(field.name) || NOTED.includes(field.name) || (field.name && !UNKEPT.includes(field.type) && !("noDraft" in field.dataset));
  const ticks = (field) => ["checkbox", "radio"].includes(field.type);
  const typed = (values) => JSON.stringify(values.filter(([name]) => ![...CARRIED, ...NOTED].includes(name)));
  const page = `${location.pathname}${location.search}`;
  const uid = form.elements.uid;
  const notices = document.getElementById("draft-notices");

  const valuesOf = () =>
    [...form.elements].filter(kept).map((field) => {
      if (ticks(field)) return [field.name, field.value, field.checked];
      if (field.multiple) return [field.name, null, [...field.selectedOptions].map((option) => option.value)];
      return [field.name, null, field.value];
    });

  // A box that the draft does not know was not ticked in it: whoever else the page chose meanwhile stays out.
  const restore = (values) => {
    const known = new Set(values.map(([name]) => name));
    for (const field of [...form.elements].filter(kept)) {
      if (!known.has(field.name) || NOTED.includes(field.name)) continue;
      const found = values.find(([name, value]) => name === field.name && (value === null || value === field.value));
      if (ticks(field)) field.checked = Boolean(found && found[2]);
      else if (!found) continue;
      else if (field.multiple) [...field.options].forEach((option) => (option.selected = found[2].includes(option.value)));
      else field.value = found[2];
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    for (const [name, , value] of values) if (NOTED.includes(name)) form.dataset.shownOn = value;
  };
  const isLost = (values) =>
    values.some(([name, value, chosen]) => value !== null && chosen === true && ![...form.elements].some((field) => field.name === name && field.value === value));

  // What the server sent back with errors is newer than any draft.
  const answered = form.querySelector(".is-invalid, .errors, [data-unsaved]");
  const keyNow = () => drafts.keyOf(page, uid ? uid.value : form.dataset.draft);
  const remember = (draft) => history.replaceState({ ...history.state, draft }, "", page);
  let fresh = valuesOf();
  let told = null;
  let waiting;

  const tell = (kind) => {
    if (told) told.remove();
    told = notices.content.querySelector(`[data-notice="${kind}"]`).cloneNode(true);
    form.before(told);
    return told;
  };
  const changed = () => document.dispatchEvent(new Event("drafts"));

  const describe = () => {
    const picked = [...form.querySelectorAll(".pick input[type=checkbox]:checked")];
    const { person, personName } = form.dataset;
    const words = [...form.elements].find((field) => kept(field) && ["textarea", "text"].includes(field.type) && field.value.trim() && !("pick" in field.dataset));
    return {
      title: (document.querySelector("h1") || {}).textContent.trim(),
      people: person ? [person] : picked.map((input) => input.value),
      names: person ? [personName] : picked.map((input) => input.closest("label").querySelector("strong").textContent),
      words: words ? words.value.trim().slice(0, 60) : "",
    };
  };

  // Tells whether the device holds what the form says; a form left as it was opened needs no draft.
  const keep = (pressed) => {
    clearTimeout(waiting);
    waiting = undefined;
    const values = valuesOf();
    const key = keyNow();
    if (!pressed && !answered && typed(values) === typed(fresh)) {
      drafts.forget(key);
      return Promise.resolve(true);
    }
    const isKept = drafts.write(key, { at: Date.now(), page, name: form.dataset.draft, uid: uid && uid.value, values, ...describe(), sent: pressed === "sent" });
    remember(key);
    isKept.then((is) => is || tell("full"));
    return isKept;
  };
  const flush = () => waiting && keep();
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 300);
  };

  // An entry that could not be sent is done on this device: the form is empty for the next one, with an id of its own.
  const newUid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const begin = () => {
    form.reset();
    uid.value = newUid();
    form.querySelectorAll("input[data-person]").forEach((input) => (input.checked = false));
    if (answered) [...form.elements].filter((field) => kept(field) && ["textarea", "text"].includes(field.type)).forEach((field) => (field.value = ""));
    form.querySelectorAll(".errors, .invalid-feedback").forEach((said) => said.remove());
    form.dispatchEvent(new Event("change", { bubbles: true }));
    clearTimeout(waiting);
    waiting = undefined;
    fresh = valuesOf();
    remember(null);
    if (told) told.remove();
  };

  // Put back: the draft that was asked for, the one typed here before a reload, that of the record being corrected.
  const asked = () => {
    const [, named] = location.hash.match(/^#draft=(.+)$/) || [];
    if (named) return decodeURIComponent(named);
    return (history.state || {}).draft || (uid ? "" : keyNow());
  };
  const putBack = () => {
    const key = answered ? "" : asked();
    const draft = drafts.read(key);
    if (!draft || draft.page !== page) return;
    if (typed(draft.values) === typed(fresh)) {
      if (!uid) drafts.forget(key);
      return;
    }
    const before = fresh;
    restore(draft.values);
    remember(key);
    const box = tell("back");
    box.querySelector("[data-lost]").hidden = !isLost(draft.values);
    box.querySelector("[data-discard]").addEventListener("click", () => {
      drafts.forget(key);
      box.remove();
      form.reset();
      restore(before);
      clearTimeout(waiting);
      remember(null);
      changed();
    });
  };

  drafts.ready.then(putBack);
  drafts.current = keyNow;
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "find") return void keep(); // only looks for somebody
    const isKept = keep(event.defaultPrevented ? "unsent" : "sent");
    if (!event.defaultPrevented) {
      sessionStorage.setItem("draft-sent", drafts.placeOf(keyNow()) || "");
      return;
    }
    isKept.then((is) => {
      if (!is) return;
      if (uid && !navigator.onLine) begin();
      changed();
    });
  });
  document.addEventListener("submit", flush, true);
  // Encrypting takes a moment: the page is still there when it is left, and for as long as the next one is on its way.
  window.addEventListener("beforeunload", flush);
  document.addEventListener("visibilitychange", flush);
  window.addEventListener("pagehide", flush);
  window.addEventListener("hashchange", () => location.hash.startsWith("#draft=") && location.reload());
})();
