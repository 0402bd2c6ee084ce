// Sends what waits in the outbox, in order and one at a time: on every page, in one tab only. What the server answers is the
// truth; where it did not answer, the same entry is sent again with the same id, and recorded once.
(() => {
  const { TripStore: store, TripVault: vault, TripServer: server, TripOutbox: outbox } = window;
  if (!outbox) return;
  const FIRST = 5000;
  const LONGEST = 5 * 60 * 1000;
  const { user } = document.body.dataset; // none on the page kept for without a connection
  const keys = new Map();
  let pause = FIRST;
  let again;

  const held = (why) => document.dispatchEvent(new CustomEvent("trip-held", { detail: why }));
  const waits = (row) => row.state === "waiting" && (!user || String(row.user) === user);

  // Of the page that was opened with the PIN; else from the server, for whoever signed in as the owner.
  const keyOf = async (device) => {
    const known = await vault.me();
    if (vault.keys() && known.device === device) return vault.keys().outbox;
    if (!keys.has(device)) {
      const { said, failure } = await server.post("contact", { device });
      if (failure) return { failure };
      keys.set(device, await vault.outboxKey(said.key));
    }
    return keys.get(device);
  };

  const sendOne = async (row) => {
    const key = await keyOf(row.device);
    if (key.failure) return key.failure;
    const entry = await vault.unseal(key, row.box);
    await outbox.mark(row, "sending");
    const { said, failure } = await server.post("entry", outbox.toSend(row, entry));
    if (failure) {
      await outbox.mark(row, "waiting");
      return failure;
    }
    if (said.state === "recorded") await outbox.save(row, key, { ...entry, why: [] }, "recorded");
    else await outbox.save(row, key, { ...entry, why: said.why, code: said.code, besides: said.besides || "" }, "refused");
    return "";
  };

  const later = () => {
    clearTimeout(again);
    again = setTimeout(send, pause);
    pause = Math.min(pause * 2, LONGEST);
  };

  const sendAll = async () => {
    for (;;) {
      const row = (await outbox.list()).find(waits);
      if (!row) return held("");
      const failure = await sendOne(row);
      if (failure) {
        held(failure === "gone" ? "signed-out" : failure);
        if (failure !== "signed-out") later();
        return undefined;
      }
      pause = FIRST;
    }
  };

  // What was being sent when its page was closed or killed waits again.
  const settle = async () => {
    for (const row of await outbox.list()) if (row.state === "sending") await outbox.mark(row, "waiting");
  };

  function send() {
    return navigator.locks.request("trip-send", { ifAvailable: true }, async (lock) => {
      if (!lock) return undefined;
      await settle();
      return navigator.onLine ? sendAll() : held("offline");
    });
  }

  const begin = () => store.open().then(send).catch(() => {});
  window.addEventListener("online", begin);
  window.TripSend = begin;
  begin();
})();
