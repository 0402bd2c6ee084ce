// Attendance of the meetings on this device: who came is ticked, invited or not, and saved it is one entry of the outbox.
(() => {
  const part = document.querySelector("[data-part=open]");
  const { TripOutbox: outbox, TripPeople: people, TripDay: day } = window;
  if (!outbox || !people || !day || !part) return;
  const section = part.querySelector("[data-meetings]");
  const template = (id) => document.getElementById(id).content.firstElementChild;
  const inOrder = (text) => text.split("/").reverse().join("");
  let meetings = [];

  const box = (person) => {
    const line = template("trip-attendee").cloneNode(true);
    const tick = line.querySelector("input");
    tick.value = person.id;
    tick.checked = tick.defaultChecked = Boolean(person.came);
    line.querySelector("[data-name]").textContent = person.name;
    line.querySelector("[data-tell]").textContent = person.hamlet;
    return line;
  };

  const card = (meeting) => {
    const made = template("trip-meeting").cloneNode(true);
    made.dataset.meeting = meeting.id;
    made.querySelector("[data-topic]").textContent = [meeting.topic, meeting.on, meeting.place].join(" · ");
    made.querySelector("[data-count]").textContent = meeting.invited.length;
    made.querySelector("[data-invited]").replaceChildren(...meeting.invited.map(box));
    const invited = new Set(meeting.invited.map((one) => one.id));
    made.querySelector("[data-others]").addEventListener(
      "toggle",
      (event) => {
        const others = people.all().filter((one) => !invited.has(one.id));
        event.currentTarget.querySelector("ul").replaceChildren(...others.map(box));
      },
      { once: true }, // 300 boxes are drawn for whoever looks for them
    );
    return made;
  };

  // Only what was ticked or taken off here is sent: what another device says of the others stays.
  const save = async (form) => {
    const meeting = meetings.find((one) => String(one.id) === form.dataset.meeting);
    const changed = [...form.querySelectorAll("input:not([type=search])")].filter((tick) => tick.checked !== tick.defaultChecked);
    if (!changed.length) return;
    const nameOf = (tick) => tick.closest("label").querySelector("[data-name]").textContent;
    const [came, gone] = [true, false].map((is) => changed.filter((tick) => tick.checked === is));
    for (const tick of changed) tick.defaultChecked = tick.checked;
    const fields = [...came.map((tick) => ["came", tick.value]), ...gone.map((tick) => ["gone", tick.value])];
    const shown = { names: [...came, ...gone].map(nameOf), hamlet: "", what: [meeting.topic, meeting.on].join(" · ") };
    await outbox.add("came", [["meeting", meeting.id], ...fields], shown);
    const done = form.querySelector("[data-done]");
    done.textContent = `${done.dataset.words.replace("0", came.length)} ✓`;
    window.TripSend();
  };

  part.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-meeting]")) return;
    event.preventDefault();
    save(event.target);
  });
  document.addEventListener("trip-shown", (event) => {
    meetings = (event.detail.meetings || []).filter((one) => inOrder(one.on) <= inOrder(day(0)));
    section.hidden = !meetings.length;
    section.querySelector("[data-list]").replaceChildren(...meetings.map(card));
  });
})();
