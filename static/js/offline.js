// Says when the connection is gone, and keeps a form from being sent into nothing; its draft stays on the device.
(() => {
  const banner = document.querySelector("[data-offline]");
  if (!banner) return;
  const show = () => {
    banner.hidden = navigator.onLine;
    if (navigator.onLine) banner.textContent = banner.dataset.offline;
  };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  // In the capture phase, before the form is marked as sent.
  document.addEventListener(
    "submit",
    (event) => {
      if (navigator.onLine || event.target.method !== "post") return;
      event.preventDefault();
      banner.textContent = event.target.matches("[data-draft]") ? banner.dataset.kept : banner.dataset.offline;
      banner.hidden = false;
      banner.focus();
    },
    true,
  );
  show();
})();
