// Ticks everybody of a list at once, or nobody, and says how many are ticked, also on the button that acts on them.
// People hidden by the search are left as they are.
(() => {
  document.querySelectorAll("[data-tick-all]").forEach((bar) => {
    const list = document.getElementById(bar.dataset.tickAll);
    if (!list) return;
    const boxes = [...list.querySelectorAll("input[type=checkbox]")];
    const count = () => {
      bar.querySelector("[data-ticked]").textContent = boxes.filter((box) => box.checked).length;
      bar.querySelector("[data-of]").textContent = boxes.length;
    };
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-tick]");
      if (!button) return;
      const on = button.dataset.tick === "all";
      boxes.filter((box) => !box.closest(".pick").hidden).forEach((box) => (box.checked = on));
      list.dispatchEvent(new Event("change", { bubbles: true }));
    });
    document.addEventListener("change", count);
    count();
    bar.hidden = false;
  });
  document.querySelectorAll("[data-ticked-in]").forEach((told) => {
    const boxes = [...document.getElementById(told.dataset.tickedIn).querySelectorAll("input[type=checkbox]")];
    const count = () => (told.textContent = `(${boxes.filter((box) => box.checked).length})`);
    document.addEventListener("change", count);
    addEventListener("pageshow", count);
    count();
  });
})();
