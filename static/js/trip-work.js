// Papers and jobs of the people on this device: the step a paper took and whether somebody is still at work, one tap each.
(() => {
  const part = document.querySelector("[data-part=open]");
  const { TripOutbox: outbox, TripPeople: people, TripDay: day } = window;
  if (!outbox || !people || !day || !part) return;
  const words = document.querySelector("[data-trip-words]").dataset;
  const template = (id) => document.getElementById(id).content.firstElementChild;
  const chosenDay = () => day(Number(part.querySelector("[data-choice=day]").value));
  const hasCome = (iso) => iso <= day(0).split("/").reverse().join("-");

  const paperLine = (paper) => {
    const line = template("trip-paper").cloneNode(true);
    const button = line.querySelector("[data-paper]");
    line.querySelector("[data-stands]").textContent = `${paper.paper}: ${paper.state}`;
    button.dataset.paper = paper.id;
    button.textContent = paper.next;
    return line;
  };
  const jobLine = (due) => {
    const line = template("trip-job").cloneNode(true);
    line.querySelector("[data-stands]").textContent = due.words;
    line.dataset.job = due.job;
    line.dataset.day = due.day;
    return line;
  };

  const fill = (row) => {
    const person = people.of(row.dataset.person);
    const jobs = (person.due || []).filter((due) => due.job && hasCome(due.opens));
    const lines = [...(person.papers || []).map(paperLine), ...jobs.map(jobLine)];
    for (const line of lines) {
      const stands = line.querySelector("[data-stands]").textContent;
      for (const button of line.querySelectorAll("button")) button.setAttribute("aria-label", `${stands}: ${button.textContent.trim()}, ${person.name}`);
    }
    row.querySelector("[data-work]").replaceChildren(...lines);
  };

  const record = async (line, noun, person, fields, shown, said) => {
    for (const button of line.querySelectorAll("button")) button.disabled = true; // a second tap is no second entry
    await outbox.add(noun, [["people", person.id], ["on", chosenDay()], ...fields], { names: [person.name], hamlet: person.hamlet, ...shown });
    line.closest("[data-person]").querySelector("[data-done]").textContent = `${said} ✓`;
    window.TripSend();
  };

  part.addEventListener("click", (event) => {
    const button = event.target.closest("[data-paper], [data-still]");
    if (!button) return;
    const line = button.closest("li");
    const person = people.of(button.closest("[data-person]").dataset.person);
    if (button.dataset.paper) {
      const paper = person.papers.find((one) => String(one.id) === button.dataset.paper);
      const what = `${paper.paper}: ${paper.next}`;
      record(line, "paper", person, [["paper", paper.id], ["step", paper.step]], { what }, what);
    } else {
      const { job, day: after } = line.dataset;
      const what = line.querySelector("[data-stands]").textContent;
      const fields = [["job", job], ["day", after], ["still_working", button.dataset.still]];
      record(line, "job", person, fields, { what }, `${what}: ${words[button.dataset.still]}`);
    }
  });
  document.addEventListener("trip-shown", () => part.querySelectorAll("[data-person]").forEach(fill));
})();
