// Suggests units below a field while a name or code is typed: arrows and Enter choose, Escape closes, a tap chooses.
(() => {
  const WAIT = 180; // ms after the last key

  const attach = (field, number) => {
    const list = document.createElement("ul");
    list.className = "unit-options";
    list.id = `unit-options-${number}`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    field.after(list);
    const holder = document.createElement("span");
    holder.className = "unit-field";
    field.before(holder);
    holder.append(field, list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": list.id,
      "aria-expanded": "false",
    })) field.setAttribute(name, value);
    const label = document.querySelector(`label[for="${field.id}"]`);
    list.setAttribute("aria-label", label ? label.textContent.trim() : field.name);

    let timer = 0;
    let asked = 0;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const active = () => list.querySelector("[aria-selected=true]");

    const open = (shown) => {
      list.hidden = !shown;
      field.setAttribute("aria-expanded", String(shown));
      if (!shown) field.removeAttribute("aria-activedescendant");
    };
    const mark = (option) => {
      options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      field.value = option.dataset.value;
      open(false);
      field.dispatchEvent(new Event("change", { bubbles: true }));
      if (field.form && field.form.matches("[data-autosubmit]")) field.form.requestSubmit();
    };
    const suggest = async () => {
      const words = field.value.trim();
      const turn = ++asked;
      if (!words) return open(false);
      const [path, query] = field.dataset.unitFind.split("?");
      const parameters = new URLSearchParams(query);
      parameters.set("q", words);
      try {
        const answer = await fetch(`${path}?${parameters}`, { headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok || answer.redirected || turn !== asked) return undefined;
        list.innerHTML = await answer.text();
      } catch {
        return open(false); // without a connection the code can still be typed
      }
      options().forEach((option, place) => {
        option.id = `${list.id}-${place}`;
        option.setAttribute("aria-selected", "false");
      });
      return open(document.activeElement === field);
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(suggest, WAIT);
    });
    field.addEventListener("keydown", (event) => {
      const found = options();
      if (event.key === "Escape") return open(false);
      if (list.hidden || !found.length) return undefined;
      const place = found.indexOf(active());
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(found[(place + step + found.length + (place < 0 && step < 0 ? 1 : 0)) % found.length]);
      } else if (event.key === "Enter" && place >= 0) {
        choose(found[place]);
      } else {
        return undefined;
      }
      return event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
    field.addEventListener("blur", () => open(false));
  };

  document.querySelectorAll("input[data-unit-find]").forEach(attach);
})();
