// A day can be typed (dd/mm/yyyy) or picked: a button beside the field opens the browser's own calendar.
(() => {
  const toIso = (text) => {
    const parts = text.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/);
    return parts ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}` : "";
  };

  const add = (field) => {
    const template = document.getElementById("day-button");
    if (!template || !HTMLInputElement.prototype.showPicker) return;
    const box = template.content.firstElementChild.cloneNode(true);
    const button = box.querySelector("button");
    const calendar = box.querySelector("input");
    field.before(box);
    box.prepend(field);
    button.addEventListener("click", () => {
      calendar.value = toIso(field.value);
      calendar.showPicker();
    });
    calendar.addEventListener("change", () => {
      if (!calendar.value) return;
      field.value = calendar.value.split("-").reverse().join("/");
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
    // Eight digits in a row become a day when the field is left.
    field.addEventListener("blur", () => {
      const digits = field.value.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
      if (digits) field.value = digits.slice(1).join("/");
    });
  };

  document.querySelectorAll("input[data-day]").forEach(add);
})();
