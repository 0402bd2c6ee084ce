// One press, one record: a form that is on its way cannot be sent again.
(() => {
  const buttonsOf = (form) => [...document.querySelectorAll("button:not([type=button]), input[type=submit]")].filter((b) => b.form === form);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // A form that answers with a file leaves its page standing: it may be sent again.
    if (event.defaultPrevented || form.method !== "post" || "file" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // Disabling waits a moment: a disabled button's own name and value would not be sent.
    setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true)), 0);
  });

  // Coming back by the Back button shows the page as it was left.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      buttonsOf(form).forEach((button) => (button.disabled = false));
    });
  });
})();
