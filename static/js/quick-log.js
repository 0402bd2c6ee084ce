// The quick log: shows "how it went" one by one only for the people chosen, and opens the folded names while one is looked for.
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
  form.addEventListener("change", narrow);
  narrow();
})();
