// Puts a duty off, or says that an agreed meeting did not take place: opened, and the reason tapped, it is an entry of the outbox.
(() => {
  const part = document.querySelector("[data-part=open]");
  const { TripOutbox: outbox, TripPeople: people, TripDay: day } = window;
  if (!outbox || !people || !day || !part) return;
  const words = document.querySelector("[data-trip-words]").dataset;

  const chosen = (form, person) => (person.due || [])[form.querySelector("[data-due]").selectedIndex];
  // Only what was agreed and has come can have fallen through; that is the likelier then.
  const offer = (form, person) => {
    const isAgreed = Boolean(chosen(form, person).appointment);
    const length = form.querySelector("[data-how-long]");
    const unkept = length.querySelector("[value=unkept]");
    unkept.hidden = unkept.disabled = !isAgreed;
    length.value = isAgreed ? "unkept" : "week";
  };
  const open = (row, person) => {
    const form = row.querySelector("[data-put-off-form]");
    form.hidden = !form.hidden;
    if (form.hidden) return;
    const options = person.due.map((duty) => new Option(duty.words));
    form.querySelector("[data-due]").replaceChildren(...options);
    offer(form, person);
    form.querySelector("[data-due]").focus();
  };

  const save = async (row, person, reason) => {
    const form = row.querySelector("[data-put-off-form]");
    const duty = chosen(form, person);
    const length = form.querySelector("[data-how-long]");
    const isUnkept = length.value === "unkept";
    form.hidden = true; // a second tap is no second entry
    const about = isUnkept ? [["appointment", duty.appointment]] : [["duty", duty.key], ["how_long", length.value]];
    const shown = { names: [person.name], hamlet: person.hamlet, what: duty.words, length: length.selectedOptions[0].textContent };
    await outbox.add(isUnkept ? "unkept" : "put_off", [["people", person.id], ["on", day(0)], ["reason", reason], ...about], shown);
    row.querySelector("[data-done]").textContent = `${isUnkept ? words.ofUnkept : words.ofPutOff}: ${reason} ✓`;
    window.TripSend();
  };

  part.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put-off], [data-reason]");
    if (!button) return;
    const row = button.closest("[data-person]");
    const person = people.of(row.dataset.person);
    if ("reason" in button.dataset) save(row, person, button.textContent.trim());
    else open(row, person);
  });
  part.addEventListener("change", (event) => {
    if (!event.target.matches("[data-due]")) return;
    const row = event.target.closest("[data-person]");
    offer(row.querySelector("[data-put-off-form]"), people.of(row.dataset.person));
  });
})();
