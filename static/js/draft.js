// Keeps what is typed in form[data-draft] on this device, per user and form, until it is saved, thrown away, or a week old.
(() => {
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const PREFIX = "draft:";
  const body = document.body;
  const user = body.dataset.user || "";

  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const write = (key, draft) => {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // The device's store is full or closed: the form still works, only without a draft.
    }
  };

  const keyOf = (form) => `${PREFIX}${user}:${form.dataset.draft || ""}:${location.pathname}${location.search}`;
  // Hidden, and kept too: with its uid a draft sent twice is one record; with what the form was opened with, saving
  // shows what somebody else changed since.
  const CARRIED = ["uid", "opened"];
  const kept = (field) => CARRIED.includes(field.name) || (field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !("noDraft" in field.dataset));
  const typed = (values) => JSON.stringify(values.filter(([name]) => !CARRIED.includes(name)));
  const ticks = (field) => ["checkbox", "radio"].includes(field.type);

  const valuesOf = (form) =>
    [...form.elements].filter(kept).map((field) => {
      if (ticks(field)) return [field.name, field.value, field.checked];
      if (field.multiple) return [field.name, null, [...field.selectedOptions].map((option) => option.value)];
      return [field.name, null, field.value];
    });

  const restore = (form, values) => {
    for (const field of [...form.elements].filter(kept)) {
      const found = values.find(([name, value]) => name === field.name && (value === null || value === field.value));
      if (!found) continue;
      if (ticks(field)) field.checked = found[2];
      else if (field.multiple) [...field.options].forEach((option) => (option.selected = found[2].includes(option.value)));
      else field.value = found[2];
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const notice = (form, key, fresh) => {
    const template = document.getElementById("draft-notice");
    if (!template) return;
    const box = template.content.firstElementChild.cloneNode(true);
    box.querySelector("[data-draft-discard]").addEventListener("click", () => {
      localStorage.removeItem(key);
      box.remove();
      form.reset();
      restore(form, fresh.filter(([name]) => CARRIED.includes(name))); // a reset leaves hidden fields as they are
      form.dispatchEvent(new Event("change", { bubbles: true }));
    });
    form.before(box);
  };

  const forget = (ending) => keys().filter(ending).forEach((key) => localStorage.removeItem(key));

  const watch = (form) => {
    const key = keyOf(form);
    const draft = read(key);
    // What the server sent back with errors is newer than the draft.
    const answered = form.querySelector(".is-invalid, .errors, [data-unsaved]");
    if (draft && !answered && typed(draft.values) !== typed(valuesOf(form))) {
      const fresh = valuesOf(form);
      restore(form, draft.values);
      notice(form, key, fresh);
    }
    let waiting;
    const keep = () => write(key, { at: Date.now(), values: valuesOf(form) });
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 300);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", (event) => {
      clearTimeout(waiting);
      keep();
      if (event.defaultPrevented) return; // no connection: it was not sent
      try {
        sessionStorage.setItem("draft-sent", key);
      } catch {
        // Without a session store the draft simply stays for a week.
      }
    });
  };

  // Sent, and the server went on to another page or says it is saved: then the draft has done its work.
  // Where the sending was cut off (no connection, signed out, an error page) only the mark goes, the draft stays.
  const settle = () => {
    const saved = document.querySelector('meta[name="draft-saved"]');
    if (saved) forget((key) => key.startsWith(`${PREFIX}${user}:${saved.content}:`));
    const sent = sessionStorage.getItem("draft-sent");
    if (!sent) return;
    sessionStorage.removeItem("draft-sent");
    const [arrival] = performance.getEntriesByType("navigation");
    const cutOff = !user || body.hasAttribute("data-error-page") || (arrival && arrival.type !== "navigate");
    const refused = document.querySelector("form[data-draft] .is-invalid, form[data-draft] .errors, form[data-draft] [data-unsaved]");
    const told = document.querySelector(".messages .alert-success, [data-undo]");
    if (!cutOff && !refused && (told || document.referrer)) localStorage.removeItem(sent);
  };

  try {
    forget((key) => !read(key) || Date.now() - read(key).at > WEEK);
    settle();
    document.querySelectorAll("form[data-draft]").forEach(watch);
    document.addEventListener("submit", (event) => {
      if (event.target.matches("form[data-sign-out]")) forget(() => true);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) sessionStorage.removeItem("draft-sent");
    });
  } catch {
    // A browser that forbids local stores shows the same pages, without drafts.
  }
})();
