// An identity card scanned into [data-card] fills the form in place; what is not plain to read is left to the server.
(() => {
  const CARD = /^(\d{12})\|(\d{9})?\|([^|]+)\|(\d{2})(\d{2})(\d{4})\|(Nam|Nữ)\|([^|]*)\|/;
  // No accent at all, or keys of a switched-off keyboard program in it: the server writes the name out.
  const plain = (name) => !/[\u00c0-\u1ef9]/.test(name.normalize("NFC")) || /[wfjz0-9]|aa|ee|oo|dd/i.test(name);
  const hamlet = /^(thôn|bon|buôn|tổ|tổ dân phố|khu phố|ấp|xóm|làng) /i;

  const put = (form, name, value) => {
    const fields = [...form.elements].filter((field) => field.name === name);
    if (!value || !fields.length) return;
    for (const field of fields) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
  };

  const fill = (form, text) => {
    const found = CARD.exec(text.trim());
    if (!found || plain(found[3]) || found[4] === "00" || found[5] === "00" || !form.elements.full_name) return false;
    const [, number, old, name, day, month, year, sex, address] = found;
    put(form, "full_name", name.normalize("NFC").trim());
    put(form, "sex", sex === "Nam" ? "male" : "female");
    put(form, "born_on", `${day}/${month}/${year}`);
    put(form, "identity_number", number);
    put(form, "old_identity_number", old);
    put(form, "address", address.trim().slice(0, 160));
    const first = address.split(",")[0].trim();
    if (hamlet.test(first) && form.elements.hamlet && !form.elements.hamlet.value) put(form, "hamlet", first.slice(0, 60));
    return true;
  };

  document.querySelectorAll("input[data-card]").forEach((box) => {
    const button = box.form.querySelector('button[name="fill"]');
    const read = (event) => {
      if (!box.value.trim()) return;
      if (!fill(box.form, box.value)) return;
      event.preventDefault();
      box.value = "";
      box.form.elements.full_name.focus();
    };
    button.addEventListener("click", read);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      button.click();
    });
    // Enter anywhere else saves the form; it would press the first button, which is the one beside the card.
    box.form.addEventListener("keydown", (event) => {
      const save = box.form.querySelector(".form-actions button[type=submit]");
      if (event.key !== "Enter" || event.target === box || event.target.tagName !== "INPUT" || !save) return;
      event.preventDefault();
      save.click();
    });
  });

  // A card scanned into the box for names is moved to its own field, so that it never stands in an address.
  document.querySelectorAll("input[data-not-a-card]").forEach((box) => {
    box.form.addEventListener("submit", (event) => {
      const card = document.querySelector("input[data-card]");
      if (!card || box.value.split("|").length < 3) return;
      event.preventDefault();
      card.value = box.value;
      box.value = "";
      card.form.querySelector('button[name="fill"]').click();
    });
  });
})();
