// The drafts kept on this device: one an entry, under its user, its page and the entry's own uid. The other files ask
// window.Drafts, once it is ready. What lies in the store is encrypted with a key of the user that only pages of theirs are
// given (data-draft-key; those of before a change of the server's secret behind it): signed out, nobody reads it.
(() => {
  const PREFIX = "draft:";
  const MOST = 50; // of one user; to make room nothing that is there is dropped
  const { user, draftKey } = document.body.dataset;
  let store;
  try {
    store = window.localStorage;
  } catch {
    // A browser that forbids local stores shows the same pages, without drafts.
  }
  if (!store || !user) return;

  const { subtle } = window.crypto || {}; // none at an address without https: drafts lie there in clear
  const own = `${PREFIX}${user}:`;
  const stored = () => Object.keys(store).filter((place) => place.startsWith(own));
  const keyOf = (page, name) => `${own}${page}:${name}`;
  const drafts = new Map(); // what this page knows of, by key
  const places = new Map(); // where in the store each lies: a name that tells nothing
  const turns = new Map(); // the last writing of each
  let written = 0;
  const aes = (text) => subtle.importKey("raw", bytesOf(text), "AES-GCM", false, ["encrypt", "decrypt"]);
  const keys = subtle ? Promise.all((draftKey || "").split(" ").map(aes)) : null;

  function bytesOf(text) {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  }
  const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

  const seal = async (draft) => {
    const text = JSON.stringify(draft);
    if (!subtle) return text;
    const [key] = await keys;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
    return `${textOf(iv)}.${textOf(new Uint8Array(data))}`;
  };
  const unseal = async (value) => {
    if (value.startsWith("{")) return JSON.parse(value);
    const [iv, data] = value.split(".").map(bytesOf);
    for (const key of await keys) {
      try {
        return JSON.parse(new TextDecoder().decode(await subtle.decrypt({ name: "AES-GCM", iv }, key, data)));
      } catch {
        // of another of the keys, or of none of them
      }
    }
    return null;
  };

  const read = (key) => drafts.get(key) || null;
  const forget = (key) => {
    turns.delete(key);
    drafts.delete(key);
    if (places.has(key)) store.removeItem(places.get(key));
    places.delete(key);
  };
  // False where the device has no room left: the form still works, only without a draft.
  const write = async (key, draft) => {
    if (!places.has(key)) {
      if (stored().length >= MOST) return false;
      places.set(key, own + textOf(crypto.getRandomValues(new Uint8Array(12))));
    }
    const place = places.get(key);
    const turn = (written += 1);
    turns.set(key, turn);
    drafts.set(key, draft);
    const value = await seal({ key, ...draft });
    if (turns.get(key) !== turn) return true; // typed on, or thrown away meanwhile
    try {
      store.setItem(place, value);
      return true;
    } catch {
      return false;
    }
  };
  const all = () =>
    [...drafts]
      .map(([key, draft]) => ({ key, ...draft }))
      .filter((draft) => draft.values)
      .sort((one, two) => two.at - one.at);
  const clear = () => stored().forEach((place) => store.removeItem(place));

  // Until the end of 2026 a draft stood in clear under its key; before, under its form's name and page.
  const carryOver = async (place, draft) => {
    const [, name, page] = place.slice(own.length).match(/^([^:]*):(.*)$/) || [];
    if (!draft || !Array.isArray(draft.values) || !page) return;
    const [, , uid] = draft.values.find(([field]) => field === "uid") || [];
    const people = draft.values.filter(([field, , chosen]) => field === "people" && chosen === true).map(([, value]) => value);
    const carried = draft.page ? draft : { ...draft, page, uid, name, people, names: [] };
    const key = draft.page ? place : keyOf(page, uid || name);
    store.removeItem(place); // there is room for it then
    if (!(await write(key, carried))) store.setItem(place, JSON.stringify(draft));
  };
  const opened = async (place) => {
    try {
      return await unseal(store.getItem(place));
    } catch {
      return null; // no draft of ours
    }
  };
  const note = (place, { key, ...said }) => {
    places.set(key, place);
    drafts.set(key, said);
  };
  const load = async () => {
    const found = await Promise.all(stored().map(async (place) => [place, await opened(place)]));
    drafts.clear();
    places.clear();
    const read = found.filter(([, draft]) => draft);
    read.filter(([, draft]) => draft.key).forEach(([place, draft]) => note(place, draft));
    for (const [place, draft] of read.filter(([, each]) => !each.key)) await carryOver(place, draft);
  };

  // What another tab wrote or threw away.
  const follow = async ({ key: place, newValue }) => {
    if (newValue === null) [...places].filter(([, each]) => each === place).forEach(([key]) => places.delete(key) && drafts.delete(key));
    else {
      const draft = await opened(place);
      if (draft && draft.key) note(place, draft);
    }
  };
  const changed = () => document.dispatchEvent(new Event("drafts"));
  window.addEventListener("storage", (event) => {
    if (event.key === null) load().then(changed);
    else if (event.key.startsWith(own)) follow(event).then(changed);
  });
  window.addEventListener("pageshow", (event) => event.persisted && load().then(changed));

  const keyAt = (place) => ([...places].find(([, each]) => each === place) || [])[0];
  window.Drafts = { ready: load(), all, clear, forget, keyOf, keyAt, placeOf: (key) => places.get(key), read, write };
})();
