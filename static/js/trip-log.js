// A tap says how a visit went: it is an entry of the outbox at once. Several people who are ticked make one entry together.
(() => {
  const part = document.querySelector("[data-part=open]");
  const { TripOutbox: outbox, TripPeople: people } = window;
  if (!outbox || !people || !part) return;
  const several = part.querySelector("[data-several]");
  const said = several.querySelector("[data-several-said]");
  const choice = (name) => part.querySelector(`[data-choice=${name}]`);
  const words = document.querySelector("[data-trip-words]").dataset;
  const DAY = 24 * 60 * 60 * 1000;

  // The day in Vietnam, whatever the device says of where it is.
  const day = (ago) => {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" });
    return parts.format(new Date(Date.now() - ago * DAY));
  };
  window.TripDay = day;
  const tellWhat = () => {
    const chosen = ["day", "kind", "place"].map((name) => choice(name).selectedOptions[0].textContent);
    part.querySelector("[data-what-said]").textContent = chosen.join(" · ");
  };
  const ticked = () => [...part.querySelectorAll("[data-pick]:checked")].map((box) => box.closest("[data-person]"));
  const showSeveral = () => {
    const count = ticked().length;
    several.hidden = count < 2;
    said.textContent = said.dataset.words.replace("0", count);
  };

  const visit = (rows, outcome) => {
    const those = rows.map((row) => people.of(row.dataset.person));
    const fields = [...those.map((person) => ["people", person.id]), ["on", day(Number(choice("day").value))], ["kind", choice("kind").value], ["place", choice("place").value], ["outcome", outcome]];
    return outbox.add("visit", fields, { names: those.map((person) => person.name), hamlet: those[0].hamlet, place: choice("place").selectedOptions[0].textContent });
  };
  const log = async (rows, outcome) => {
    const buttons = [...several.querySelectorAll("button"), ...rows.flatMap((row) => [...row.querySelectorAll("[data-outcome]")])];
    for (const button of buttons) button.disabled = true; // a second tap is no second visit
    await visit(rows, outcome);
    for (const row of rows) {
      row.querySelector("[data-done]").textContent = `${words[outcome]} ✓`;
      row.querySelector("[data-pick]").checked = false;
    }
    for (const button of several.querySelectorAll("button")) button.disabled = false;
    showSeveral();
    window.TripSend();
  };

  const newPhone = async (form) => {
    const row = form.closest("[data-person]");
    const person = people.of(row.dataset.person);
    const field = form.querySelector("[data-field]").value;
    const number = form.querySelector("[data-number]").value.trim();
    form.hidden = true;
    const fields = [["people", person.id], ["field", field], ["number", number], ["before", person[field]]];
    await outbox.add("phone", fields, { names: [person.name], hamlet: person.hamlet });
    form.reset();
    row.querySelector("[data-done]").textContent = `${words.ofPhone}: ${number} ✓`;
    window.TripSend();
  };

  part.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("[data-person]");
    if (button.dataset.outcome) log(row ? [row] : ticked(), button.dataset.outcome);
    if ("newPhone" in button.dataset) {
      const form = row.querySelector("[data-phone]");
      form.hidden = !form.hidden;
      if (!form.hidden) form.querySelector("[data-number]").focus();
    }
  });
  part.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick]")) showSeveral();
    if (event.target.matches("[data-choice]")) tellWhat();
  });
  part.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-phone]")) return;
    event.preventDefault();
    newPhone(event.target);
  });
  tellWhat();
})();
