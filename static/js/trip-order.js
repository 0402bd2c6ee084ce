// The order in which the houses of a hamlet are visited, set by hand: a tap takes a house before the one above it. It is kept
// on this device alone, encrypted as the people are.
(() => {
  const part = document.querySelector("[data-part=open]");
  const { TripStore: store, TripVault: vault, TripPeople: people } = window;
  if (!people || !part) return;
  const KEY = "order";
  let order = [];

  const houseOf = (row) => {
    const { id, hamlet, address } = people.of(row.dataset.person);
    return address ? window.fold(`${hamlet} ${address}`) : `#${id}`;
  };
  const read = async () => {
    try {
      order = await vault.unseal(vault.keys().read, await store.get("people", KEY));
    } catch {
      order = []; // none set, or set under a key of before
    }
  };
  const arrange = () => {
    const place = (row) => (order.includes(houseOf(row)) ? order.indexOf(houseOf(row)) : order.length);
    for (const list of part.querySelectorAll(".trip-hamlet > ul")) list.append(...[...list.children].sort((one, two) => place(one) - place(two)));
  };
  const move = async (button) => {
    const row = button.closest("[data-person]");
    const houses = [...new Set([...row.parentElement.children].map(houseOf))];
    const at = houses.indexOf(houseOf(row));
    if (at < 1) return;
    houses.splice(at - 1, 2, houses[at], houses[at - 1]);
    order = [...houses, ...order.filter((house) => !houses.includes(house))];
    arrange();
    button.focus();
    await store.put("people", await vault.seal(vault.keys().read, order), KEY);
  };

  part.addEventListener("click", (event) => {
    const button = event.target.closest("[data-earlier]");
    if (button) move(button);
  });
  document.addEventListener("trip-shown", () => read().then(arrange));
})();
