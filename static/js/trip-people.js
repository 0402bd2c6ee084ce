// Shows the people on this device by hamlet, and finds them without accents. Whose row it is stands in the row (data-person).
(() => {
  const part = document.querySelector("[data-part=open]");
  const { TripOutbox: outbox } = window;
  if (!outbox || !part) return;
  const template = (id) => document.getElementById(id).content.firstElementChild;
  const place = part.querySelector("[data-hamlets]");
  const none = part.querySelector("[data-none]");
  const field = document.getElementById("trip-search");
  let people = [];
  let rows = [];

  const digits = (text) => text.replace(/\D/g, "").replace(/^84(?=\d{9}$)/, "0");
  const spaced = (phone) => phone.replace(/^(\d{4})(\d{3})(\d{3})$/, "$1 $2 $3");
  const call = (phone, said) => {
    const link = document.createElement("a");
    link.href = `tel:${digits(phone)}`;
    link.textContent = [said, spaced(phone)].filter(Boolean).join(" ");
    return link;
  };

  const fill = (row, person) => {
    const find = (name) => row.querySelector(`[data-${name}]`);
    row.dataset.person = person.id;
    find("name").textContent = person.name;
    find("tell").textContent = [person.born, person.address].filter(Boolean).join(" · ");
    find("duties").textContent = person.duties.join(" · ");
    find("put-off").hidden = !(person.due || []).length; // taken along before there was this
    const last = find("last");
    last.textContent = person.last_contact ? last.dataset.words.replace("0", person.last_contact) : person.duties.length ? "" : last.dataset.never;
    find("calls").replaceChildren(...[person.phone].filter(Boolean).map((phone) => call(phone)));
    const family = [person.household_contact, person.household_relation].filter(Boolean).join(", ");
    find("household").replaceChildren(...(person.household_phone ? [call(person.household_phone, family)] : [family]));
    find("helpers").textContent = [person.lead, ...person.helpers.map((one) => [one.name, one.body, spaced(one.phone)].filter(Boolean).join(" "))].filter(Boolean).join(" · ");
    find("group").hidden = !find("helpers").textContent;
    for (const button of row.querySelectorAll("button:not([data-reason])")) button.setAttribute("aria-label", `${button.textContent.trim()}: ${person.name}`);
    find("pick").setAttribute("aria-label", person.name);
    return row;
  };

  const group = (hamlet, those) => {
    const box = template("trip-hamlet").cloneNode(true);
    const title = box.querySelector("[data-hamlet]");
    title.textContent = hamlet || title.dataset.none;
    box.querySelector("[data-count]").textContent = those.length;
    const made = those.map((person) => ({ row: fill(template("trip-person").cloneNode(true), person), person, box }));
    box.querySelector("ul").append(...made.map(({ row }) => row));
    rows.push(...made);
    return box;
  };

  const show = (snapshot) => {
    const opened = new Set(rows.filter(({ box }) => box.open).map(({ person }) => person.hamlet)); // under somebody's finger
    people = snapshot.people;
    rows = [];
    const hamlets = new Map();
    const inOrder = [...people].sort((one, two) => one.hamlet.localeCompare(two.hamlet, "vi") || one.address.localeCompare(two.address, "vi", { numeric: true }));
    for (const person of inOrder) hamlets.set(person.hamlet, [...(hamlets.get(person.hamlet) || []), person]);
    place.replaceChildren(...[...hamlets].map(([hamlet, those]) => group(hamlet, those)));
    for (const { box, person } of rows) box.open = box.open || opened.has(person.hamlet);
    part.querySelector("[data-count-people]").textContent = people.length;
    part.querySelector("[data-as-of]").textContent = snapshot.day;
    search();
    document.dispatchEvent(new CustomEvent("trip-shown", { detail: snapshot }));
  };

  const text = (person) => window.fold([person.name, person.hamlet, person.address, person.household_contact].join(" "));
  const fits = (person, words, number) =>
    (number.length > 2 && [person.phone, person.household_phone].some((phone) => digits(phone).includes(number))) || (words.length && words.every((word) => text(person).includes(word)));

  function search() {
    const words = window.fold(field.value).split(" ").filter(Boolean);
    const number = digits(field.value);
    let found = 0;
    for (const { row, person } of rows) {
      row.hidden = Boolean(words.length) && !fits(person, words, number);
      found += row.hidden ? 0 : 1;
    }
    for (const box of new Set(rows.map((each) => each.box))) {
      box.hidden = [...box.querySelectorAll("li")].every((row) => row.hidden);
      if (words.length && !box.hidden) box.open = true;
    }
    none.hidden = Boolean(found);
  }

  const clear = () => {
    people = [];
    rows = [];
    place.replaceChildren();
    field.value = "";
  };
  field.addEventListener("input", search);
  window.TripPeople = { show, clear, all: () => people, of: (id) => people.find((person) => String(person.id) === String(id)) };
})();
