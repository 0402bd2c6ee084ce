// The offer to undo goes away after ten seconds, unless someone is just about to take it.
(() => {
  document.querySelectorAll("[data-undo]").forEach((bar) => {
    const seconds = Number(bar.dataset.undo) || 10;
    const go = () => {
      if (bar.matches(":hover, :focus-within")) setTimeout(go, 1000);
      else bar.querySelectorAll("form, a").forEach((part) => part.remove());
    };
    setTimeout(go, seconds * 1000);
  });
})();
