// Marks this device, opens it with the PIN and locks it again; says what is missing where a browser cannot.
(() => {
  const app = document.querySelector("[data-trip]");
  const { TripStore: store, TripVault: vault, TripServer: server, TripOutbox: outbox, TripPeople: people } = window;
  if (!app || !store) return;
  const IDLE = 10 * 60 * 1000;
  const { user } = document.body.dataset; // of whoever signed in; none without a connection
  const find = (name) => app.querySelector(`[data-${name}]`);
  const show = (...names) => {
    for (const part of app.querySelectorAll("[data-part]")) part.hidden = !names.includes(part.dataset.part);
  };
  const wrong = (box, why, count) => (box.textContent = why ? box.dataset[why].replace(/0$/, count) : "");
  let idle;

  const wipe = async () => {
    await vault.wipe();
    people.clear();
    await begin();
  };
  const isOff = async (device) => (await server.isTakenOff(device)) && (await wipe(), true);

  const lock = async () => {
    vault.lock();
    people.clear();
    document.dispatchEvent(new Event("trip-opened"));
    await begin();
  };
  const stay = () => {
    clearTimeout(idle);
    if (vault.keys()) idle = setTimeout(lock, IDLE);
  };

  // What is read is taken along anew; without a connection or a sign-in that of before stays.
  const takeAlong = async () => {
    const { device } = await vault.me();
    const rows = (await outbox.list()).filter((row) => row.device === device);
    const entries = await Promise.all(rows.map((row) => vault.unseal(vault.keys().outbox, row.box)));
    const whom = [...new Set(entries.flatMap(outbox.whom))].map((person) => ["person", person]);
    const { said, failure } = await server.post("people", [["device", device], ...whom]);
    if (!vault.keys()) return;
    if (said) {
      if ((said.unseen || []).length) await outbox.unname(device, vault.keys().outbox, said.unseen);
      await store.put("people", await vault.seal(vault.keys().read, said), "all");
      people.show(said);
    } else if (failure !== "offline") {
      if (!(await isOff(device)) && failure === "signed-out") document.dispatchEvent(new CustomEvent("trip-held", { detail: failure }));
    }
  };

  const opened = async () => {
    const box = await store.get("people", "all");
    show("open");
    if (box) people.show(await vault.unseal(vault.keys().read, box));
    document.dispatchEvent(new Event("trip-opened"));
    stay();
    await takeAlong();
    window.TripSend();
  };

  const register = async () => {
    const known = await vault.me();
    if (known && known.device && String(known.user) === user) {
      const answer = await server.post("contact", { device: known.device });
      if (answer.said && answer.said.kept) return { said: { device: known.device, key: answer.said.key } };
      if (answer.failure && answer.failure !== "gone") return answer;
    }
    return server.post("add", {});
  };

  const mark = async (form) => {
    const box = find("mark-error");
    const [pin, same] = [...form.querySelectorAll("input")].map((field) => field.value);
    if (vault.isWeak(pin)) return wrong(box, "weak");
    if (pin !== same) return wrong(box, "differs");
    const { said, ok = true, failure } = await register();
    if (failure) return wrong(box, { offline: "offline", "signed-out": "signedOut" }[failure] || "failed");
    if (!ok) return (box.textContent = said.why.join(" "));
    await navigator.serviceWorker.register(server.worker, { updateViaCache: "none" });
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
    await vault.mark({ device: said.device, user: Number(user), key: said.key, pin });
    form.reset();
    wrong(box, "");
    return opened();
  };

  const unlock = async (form) => {
    const box = find("unlock-error");
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const answer = await vault.open(form.querySelector("input").value);
    button.disabled = false;
    form.reset();
    if (answer.open) return opened();
    if (!answer.left) return wipe();
    return wrong(box, "wrong", answer.left);
  };

  const connect = async () => {
    const { device } = await vault.me();
    const { said, failure } = await server.post("contact", { device });
    if (failure === "signed-out") location.assign(location.href);
    if (!said) return;
    if (!said.kept) await wipe();
    else await vault.change({ openedAt: Date.now() });
    await begin();
  };

  async function begin() {
    const known = await vault.me();
    const isAnother = known && user && String(known.user) !== user;
    if (isAnother && (await outbox.list()).some((row) => row.state !== "recorded")) return show("foreign");
    if (isAnother || !known) return show(user ? "mark" : "nothing");
    if (known.wiped) return show("wiped", ...(user ? ["mark"] : []));
    if (vault.isStale(known)) return show("stale");
    navigator.serviceWorker.register(server.worker, { updateViaCache: "none" }).catch(() => {});
    show("locked");
    document.getElementById("pin").focus();
    return isOff(known.device);
  }

  if (store.lacks.length) {
    show("missing");
    for (const what of app.querySelectorAll("[data-lacks]")) what.hidden = !store.lacks.includes(what.dataset.lacks);
    return;
  }
  app.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-mark], [data-unlock]")) return;
    event.preventDefault();
    if (event.target.matches("[data-mark]")) mark(event.target);
    else unlock(event.target);
  });
  find("lock").addEventListener("click", lock);
  find("refresh").addEventListener("click", takeAlong);
  find("connect").addEventListener("click", connect);
  find("forgotten").addEventListener("click", () => show(user ? "mark" : "nothing"));
  document.addEventListener("pointerdown", stay);
  document.addEventListener("keydown", stay);
  store.open().then(begin, () => {
    show("missing");
    app.querySelector("[data-lacks=store]").hidden = false;
  });
})();
