// The entries written on this device: waiting, sending, recorded or refused. In clear stand their order, their state and whose
// they are; what they say is encrypted.
(() => {
  const { TripStore: store, TripVault: vault } = window;
  if (!window.TripServer || store.lacks.length) return;
  const EDITION = "1"; // of what is sent: see views/work/trip.py
  const KEPT = 24 * 60 * 60 * 1000; // so long a recorded entry is shown
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("trip") : null;

  const tell = () => document.dispatchEvent(new Event("trip-outbox"));
  const changed = () => {
    tell();
    if (channel) channel.postMessage("outbox");
  };
  if (channel) channel.addEventListener("message", tell);

  const list = () => store.all("outbox");

  // fields: what the form of the server is given, a list of name and value; shown: what this device says of it.
  const add = async (noun, fields, shown) => {
    const { device, user } = await vault.me();
    const entry = { noun, shown, why: [], fields: [["uid", crypto.randomUUID()], ...fields] };
    const box = await vault.seal(vault.keys().outbox, entry);
    await store.put("outbox", { user, device, state: "waiting", at: Date.now(), box });
    changed();
  };
  const save = async (row, key, entry, state) => {
    const box = await vault.seal(key, entry);
    await store.put("outbox", { ...row, state, box });
    changed();
  };
  const mark = async (row, state) => {
    await store.put("outbox", { ...row, state });
    changed();
  };
  const discard = async (row) => {
    await store.remove("outbox", row.order);
    changed();
  };
  const clearOld = async () => {
    const old = (await list()).filter((row) => row.state === "recorded" && Date.now() - row.at > KEPT);
    for (const row of old) await store.remove("outbox", row.order);
  };

  const toSend = (row, entry) => [...entry.fields, ["noun", entry.noun], ["writer", row.user], ["edition", EDITION]];
  const valueOf = (entry, name) => (entry.fields.find(([field]) => field === name) || [])[1] || "";
  // The people an entry is of, in the order of their names.
  const WHOM = ["people", "came", "gone"];
  const whom = (entry) => entry.fields.filter(([field]) => WHOM.includes(field)).map(([, id]) => String(id));
  const without = (entry, place) => {
    const rest = entry.fields.filter(([field]) => WHOM.includes(field)).filter((_field, each) => each !== place);
    const names = entry.shown.names.filter((_name, each) => each !== place);
    return { ...entry, shown: { ...entry.shown, names }, fields: [...entry.fields.filter(([field]) => !WHOM.includes(field)), ...rest] };
  };
  // Whose file the user does not see any more (handed over, sealed) is named by no entry that the device still keeps.
  const unname = (device, key, unseen) =>
    navigator.locks.request("trip-send", () => hide(device, key, unseen));
  const hide = async (device, key, unseen) => {
    for (const row of (await list()).filter((each) => each.device === device)) {
      const entry = await vault.unseal(key, row.box);
      const ids = whom(entry);
      const names = entry.shown.names.map((name, place) => (unseen.includes(ids[place]) ? "…" : name));
      if (names.some((name, place) => name !== entry.shown.names[place])) await save(row, key, { ...entry, shown: { ...entry.shown, names } }, row.state);
    }
  };
  const withValue = (entry, name, value) => ({ ...entry, fields: [...entry.fields.filter(([field]) => field !== name), [name, value]] });

  clearOld();
  window.TripOutbox = { EDITION, list, add, save, mark, discard, toSend, valueOf, withValue, whom, without, unname };
})();
