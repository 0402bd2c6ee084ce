// Lists the entries of the outbox with the state of each; one that the server refused keeps its text and is mended here.
(() => {
  const section = document.querySelector("[data-entries]");
  const { TripVault: vault, TripOutbox: outbox } = window;
  if (!outbox || !section) return;
  const list = section.querySelector("[data-entry-list]");
  const template = document.getElementById("trip-entry").content.firstElementChild;
  const words = document.querySelector("[data-trip-words]").dataset;
  const TONES = { waiting: "chip-sky", sending: "chip-sky", recorded: "chip-leaf", refused: "chip-amber" };
  const again = ["alike", "sent_before", "changed"];
  let mending = null; // the order of the entry that is being mended stays open
  let asked = 0;

  const tell = (entry) => {
    if (entry.noun === "phone") return [words.ofPhone, outbox.valueOf(entry, "number"), entry.shown.hamlet];
    if (entry.noun === "unkept") return [words.ofUnkept, entry.shown.what, outbox.valueOf(entry, "reason")];
    if (entry.noun === "put_off") return [words.ofPutOff, entry.shown.what, entry.shown.length, outbox.valueOf(entry, "reason")];
    if (entry.noun === "came") return [words.ofCame, entry.shown.what];
    if (entry.noun === "paper") return [entry.shown.what, outbox.valueOf(entry, "on")];
    if (entry.noun === "job") return [entry.shown.what, words[outbox.valueOf(entry, "still_working")], outbox.valueOf(entry, "on")];
    return [words[outbox.valueOf(entry, "outcome")], outbox.valueOf(entry, "on"), entry.shown.place, entry.shown.hamlet, outbox.valueOf(entry, "note")];
  };

  // What the server asked is answered: recorded a second time, as another entry, or over the number entered meanwhile.
  const allTheSame = (entry) => {
    if (entry.code === "alike") return outbox.withValue(entry, "besides", entry.besides);
    if (entry.code === "changed") return outbox.withValue(entry, "before", entry.besides);
    return outbox.withValue(outbox.withValue(entry, "uid", crypto.randomUUID()), "besides", entry.besides);
  };

  // Of several people each can be left out: whoever was handed over keeps the others from being recorded.
  const showWhom = (box, entry) => {
    const { names } = entry.shown;
    box.hidden = names.length < 2;
    if (box.hidden) return;
    const ticks = names.map((name) => {
      const label = document.createElement("label");
      const tick = document.createElement("input");
      Object.assign(tick, { type: "checkbox", checked: true });
      label.append(tick, name);
      return label;
    });
    box.append(...ticks);
  };

  const wire = (item, row, key, entry) => {
    const form = item.querySelector("[data-mend-form]");
    const find = (name) => item.querySelector(`[data-${name}]`);
    const save = async (changed) => {
      mending = null;
      await outbox.save(row, key, { ...changed, why: [], code: "" }, "waiting");
      window.TripSend();
    };
    for (const field of form.querySelectorAll("[data-value]")) field.value = outbox.valueOf(entry, field.dataset.value);
    for (const label of form.querySelectorAll("[data-for]")) label.hidden = !label.dataset.for.split(" ").includes(entry.noun);
    showWhom(form.querySelector("[data-whom]"), entry);
    form.hidden = mending !== row.order;
    // While it is mended it is not sent: it needs whoever opened it, until it is saved.
    find("mend").addEventListener("click", async () => {
      mending = form.hidden ? row.order : null;
      form.hidden = mending === null;
      if (row.state === "waiting") await outbox.mark(row, "refused");
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const shown = [...form.querySelectorAll("label:not([hidden]) [data-value]")];
      const left = [...form.querySelectorAll("[data-whom] input")].map((tick, place) => (tick.checked ? -1 : place)).filter((place) => place >= 0);
      const rest = left.reverse().reduce((changed, place) => outbox.without(changed, place), entry);
      save(shown.reduce((changed, field) => outbox.withValue(changed, field.dataset.value, field.value.trim()), rest));
    });
    find("anyway").addEventListener("click", () => save(allTheSame(entry)));
    find("discard").addEventListener("click", (event) => {
      const button = event.currentTarget;
      if (button.dataset.asked) {
        outbox.discard(row);
        return;
      }
      button.dataset.asked = "yes";
      button.textContent = button.dataset.sure;
    });
  };

  const tellState = (made, row) => {
    const state = made.querySelector("[data-state]");
    state.textContent = state.dataset[row.state];
    state.className = `chip ${TONES[row.state]}`;
    return made;
  };

  const item = (row, key, entry) => {
    const made = template.cloneNode(true);
    made.dataset.order = row.order;
    const find = (name) => made.querySelector(`[data-${name}]`);
    tellState(made, row);
    find("said").textContent = entry.shown.names.join(", ");
    find("tell").textContent = tell(entry).filter(Boolean).join(" · ");
    find("why").replaceChildren(
      ...entry.why.map((each) => {
        const line = document.createElement("li");
        line.textContent = each;
        return line;
      }),
    );
    const isOpen = ["waiting", "refused"].includes(row.state);
    find("mend").hidden = find("discard").hidden = !isOpen;
    find("anyway").hidden = row.state !== "refused" || !again.includes(entry.code);
    if (isOpen) wire(made, row, key, entry);
    return made;
  };

  const show = async () => {
    const turn = (asked += 1);
    const keys = vault.keys();
    const rows = keys ? await outbox.list() : [];
    const { device } = (await vault.me()) || {};
    const made = [];
    for (const row of rows.filter((each) => each.device === device).reverse()) {
      if (!vault.keys()) return;
      const typed = mending === row.order && ["waiting", "refused"].includes(row.state) && list.querySelector(`[data-order="${row.order}"]`);
      made.push(typed ? tellState(typed, row) : item(row, keys.outbox, await vault.unseal(keys.outbox, row.box)));
    }
    if (turn !== asked) return;
    section.hidden = !made.length;
    list.replaceChildren(...made);
  };
  document.addEventListener("trip-outbox", show);
  document.addEventListener("trip-opened", show);
})();
