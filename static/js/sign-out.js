// Signing out takes the drafts of this user off the device: where there are some, or entries not sent yet, a page asks first.
(() => {
  const drafts = window.Drafts;
  if (!drafts) return;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-sign-out]")) return;
    if (form.dataset.signOut === "confirmed") {
      drafts.clear();
    } else if (drafts.all().length || document.body.hasAttribute("data-unsent")) {
      event.preventDefault();
      location.assign(form.action);
    }
  });
})();
