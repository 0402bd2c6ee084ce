// Narrows the people to choose from while a name is typed; accents and đ do not matter. Chosen people always stay in sight.
(() => {
  const fold = (text) => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ").trim();

  document.querySelectorAll("input[data-pick]").forEach((box) => {
    const list = document.getElementById(box.dataset.pick);
    if (!list) return;
    const none = list.parentElement.querySelector(".pick-none");
    const choices = [...list.querySelectorAll(".pick")].map((pick) => ({
      pick,
      input: pick.querySelector("input"),
      text: fold(pick.dataset.text || pick.textContent),
    }));
    const narrow = () => {
      const words = fold(box.value).split(" ").filter(Boolean);
      let found = 0;
      for (const { pick, input, text } of choices) {
        const fits = words.every((word) => text.includes(word));
        pick.hidden = !fits && !input.checked;
        if (fits) found += 1;
      }
      if (none) none.hidden = found > 0;
    };
    box.addEventListener("input", narrow);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // Enter here must not save the whole form
      const find = box.parentElement.querySelector("button[name=find]");
      if (find) find.click();
    });
    if (!box.closest("form").querySelector("[data-unsaved]")) narrow(); // whoever the server found stays in sight
  });
})();
