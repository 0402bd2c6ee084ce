// The quick log: shows "how it went" one by one only for the people chosen, opens the folded names while one is looked for,
// and writes out the day that "today" meant where a draft is put back on a later day.
(() => {
  const form = document.querySelector("form.quick");
  if (!form) return;
  const each = form.querySelector("[data-each]");
  const chosen = () => [...form.querySelectorAll("input[data-person]:checked")].map((input) => input.value);

  const narrow = () => {
    if (!each) return;
    const people = chosen();
    each.hidden = people.length < 2;
    each.querySelectorAll("[data-each-of]").forEach((part) => {
      part.hidden = !people.includes(part.dataset.eachOf);
    });
  };

  const search = form.querySelector("input[data-opens]");
  if (search) {
    const folded = document.getElementById(search.dataset.opens);
    search.addEventListener("input", () => {
      if (folded && search.value.trim()) folded.open = true;
    });
  }
  const DAYS_BACK = { today: 0, yesterday: 1 };
  const writeOutTheDay = () => {
    const { shownOn } = form.dataset; // set where a draft was put back
    const { value } = form.elements.when;
    if (!shownOn || shownOn === form.elements.shown_on.value || !(value in DAYS_BACK)) return;
    const [day, month, year] = shownOn.split("/").map(Number);
    const meant = new Date(Date.UTC(year, month - 1, day - DAYS_BACK[value]));
    form.elements.on.value = meant.toISOString().slice(0, 10).split("-").reverse().join("/");
    const other = form.querySelector("[name=when][value=other]");
    other.checked = true;
    other.dispatchEvent(new Event("change", { bubbles: true }));
  };

  form.addEventListener("change", narrow);
  writeOutTheDay();
  narrow();
})();
