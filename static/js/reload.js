// A page that shows how far a piece of work has come looks again by itself.
(() => {
  const part = document.querySelector("[data-reload]");
  if (part) setTimeout(() => location.reload(), (Number(part.dataset.reload) || 3) * 1000);
})();
