// The keys of this device. What is read is encrypted with a key made here; what is written with the key of the outbox, which
// the server gives again to whoever signs in. Both lie here wrapped twice: by the PIN, and by a key the browser never hands out.
(() => {
  const { TripStore: store } = window;
  const ROUNDS = 600000;
  const TRIES = 5;
  const DAYS = 14;
  const DAY = 24 * 60 * 60 * 1000;
  const AES = { name: "AES-GCM", length: 256 };
  const USES = ["encrypt", "decrypt"];
  const random = (count) => crypto.getRandomValues(new Uint8Array(count));
  const bytes = (text) => new TextEncoder().encode(text);
  let keys = null; // of the page that was opened: { read, outbox }

  const seal = async (key, value) => {
    const iv = random(12);
    const raw = value instanceof Uint8Array ? value : bytes(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, raw) };
  };
  const unsealRaw = async (key, box) => new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, key, box.data));
  const unseal = async (key, box) => JSON.parse(new TextDecoder().decode(await unsealRaw(key, box)));

  const fromPin = async (pin, salt) => {
    const typed = await crypto.subtle.importKey("raw", bytes(pin.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
    return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, typed, AES, false, USES);
  };
  const imported = (raw) => crypto.subtle.importKey("raw", raw, AES, false, USES);
  // The key of an outbox as the server writes it: base64 for addresses, without its end.
  const outboxKey = (text) => imported(Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0)));

  const me = () => store.get("device", "me");
  const change = async (values) => store.put("device", { ...(await me()), ...values }, "me");

  const mark = async ({ device, user, key, pin }) => {
    const salt = random(16);
    const raw = random(32);
    const outbox = Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    const own = await crypto.subtle.generateKey(AES, false, USES);
    const both = new Uint8Array([...raw, ...outbox]);
    const inner = await seal(await fromPin(pin, salt), both);
    const wrapped = await seal(own, new Uint8Array([...inner.iv, ...new Uint8Array(inner.data)]));
    await store.put("device", { device, user, salt, own, wrapped, tries: 0, openedAt: Date.now() }, "me");
    keys = { read: await imported(raw), outbox: await imported(outbox) };
  };

  // What is read is gone for good; the entries stay, and their key is with the server.
  const wipe = async () => {
    keys = null;
    const { device, user } = (await me()) || {};
    await store.put("device", { device, user, wiped: true }, "me");
    for (const kept of ["all", "order"]) await store.remove("people", kept);
  };

  const isStale = (known) => Math.abs(Date.now() - known.openedAt) > DAYS * DAY;

  // A try is counted before it is made: one that is broken off counts too.
  const open = async (pin) => {
    const known = await me();
    const tries = known.tries + 1;
    await change({ tries });
    try {
      const both = await unsealRaw(known.own, known.wrapped);
      const raw = await unsealRaw(await fromPin(pin, known.salt), { iv: both.slice(0, 12), data: both.slice(12) });
      keys = { read: await imported(raw.slice(0, 32)), outbox: await imported(raw.slice(32)) };
    } catch {
      if (tries >= TRIES) await wipe();
      return { left: Math.max(TRIES - tries, 0) };
    }
    await change({ tries: 0, openedAt: Date.now() });
    return { open: true };
  };

  const isWeak = (pin) => {
    if (!/^\d+$/.test(pin)) return pin.length < 10;
    const steps = new Set([...pin].slice(1).map((digit, place) => Number(digit) - Number(pin[place])));
    return pin.length < 6 || steps.size === 1;
  };

  window.TripVault = { seal, unseal, outboxKey, me, change, mark, open, wipe, isStale, isWeak, lock: () => (keys = null), keys: () => keys };
})();
