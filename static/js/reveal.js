// Opens what belongs to a choice (input[data-reveal="id"]), wherever it stands, and closes it when another is taken.
(() => {
  const inputs = [...document.querySelectorAll("input[data-reveal]")];
  const show = () => {
    inputs.forEach((input) => {
      const part = document.getElementById(input.dataset.reveal);
      if (part) part.classList.toggle("reveal-open", input.checked);
    });
  };
  if (inputs.length) document.addEventListener("change", show);
  show();
})();
