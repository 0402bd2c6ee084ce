// The drafts kept on this device: one an entry, under its user, its page and the entry's own uid. The other files ask window.Drafts.
(() => {
  const PREFIX = "draft:";
  const MOST = 50; // of one user; to make room nothing that is there is dropped
  const user = document.body.dataset.user;
  let store;
  try {
    store = window.localStorage;
  } catch {
    // A browser that forbids local stores shows the same pages, without drafts.
  }
  if (!store || !user) return;

  const own = `${PREFIX}${user}:`;
  const keys = () => Object.keys(store).filter((key) => key.startsWith(own));
  const keyOf = (page, name) => `${own}${page}:${name}`;
  const read = (key) => {
    try {
      return key && key.startsWith(own) ? JSON.parse(store.getItem(key)) : null;
    } catch {
      return null;
    }
  };
  const forget = (key) => key.startsWith(own) && store.removeItem(key);
  // False where the device has no room left: the form still works, only without a draft.
  const write = (key, draft) => {
    try {
      if (store.getItem(key) === null && keys().length >= MOST) return false;
      store.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  };
  const all = () =>
    keys()
      .map((key) => ({ key, ...read(key) }))
      .filter((draft) => draft.values)
      .sort((one, two) => two.at - one.at);

  // Until the end of 2026 a draft stood under its form's name and page, without uid, title and people.
  const carryOver = (key) => {
    const draft = read(key);
    if (!draft || !Array.isArray(draft.values) || draft.page) return;
    const [, name, page] = key.slice(own.length).match(/^([^:]*):(.*)$/) || [];
    if (!page) return;
    const [, , uid] = draft.values.find(([field]) => field === "uid") || [];
    const people = draft.values.filter(([field, , chosen]) => field === "people" && chosen === true).map(([, value]) => value);
    if (write(keyOf(page, uid || name), { ...draft, page, uid, name, people, names: [] })) forget(key);
  };
  keys().forEach(carryOver);

  window.Drafts = { all, forget, keyOf, read, write };
})();
