// A list that was opened stays open in this window until it is closed: whoever works it off comes back to it after each person.
(() => {
  const KEY = "folds";
  const folds = [...document.querySelectorAll("details[data-fold]")];
  if (!folds.length) return;
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) || [];
    } catch {
      return []; // nothing may be stored here
    }
  };
  const opened = new Set(read());
  for (const fold of folds) {
    const { fold: name } = fold.dataset;
    if (opened.has(name)) fold.open = true;
    fold.querySelector("summary").addEventListener("click", () => {
      if (fold.open) opened.delete(name);
      else opened.add(name);
      try {
        sessionStorage.setItem(KEY, JSON.stringify([...opened]));
      } catch {
        // it opens all the same
      }
    });
  }
})();
