// What “Đi thôn” keeps on this device: three stores of one database. Values of the file lie in it encrypted (trip-vault.js).
(() => {
  const lacks = [];
  if (!window.isSecureContext || !window.crypto || !crypto.subtle) lacks.push("secure");
  else if (!navigator.serviceWorker || !navigator.locks) lacks.push("worker");
  if (!window.indexedDB) lacks.push("store");
  if (/\bZalo\b|; wv\)/.test(navigator.userAgent)) lacks.push("browser"); // what it stores goes with the other application

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  let opened;
  const open = () => {
    if (opened) return opened;
    const request = indexedDB.open("trip", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("device");
      request.result.createObjectStore("people");
      request.result.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
    };
    opened = done(request);
    return opened;
  };

  // One request in a transaction of its own; told as done once it is on the disk.
  const within = async (store, mode, ask) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  };
  const get = (store, key) => within(store, "readonly", (rows) => rows.get(key));
  const all = (store) => within(store, "readonly", (rows) => rows.getAll());
  const put = (store, value, key) => within(store, "readwrite", (rows) => rows.put(value, key));
  const remove = (store, key) => within(store, "readwrite", (rows) => rows.delete(key));

  window.TripStore = { lacks, open, get, all, put, remove };
})();
