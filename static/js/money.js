// A sum gets its dots when the field is left: 5000000 becomes 5.000.000.
(() => {
  document.querySelectorAll("input[data-money]").forEach((field) => {
    field.addEventListener("blur", () => {
      const typed = field.value.trim();
      const digits = typed.replace(/[\s.]/g, "");
      if (/^(\d+|\d{1,3}([\s.]\d{3})+)$/.test(typed)) field.value = digits.replace(/\B(?=(\d{3})+$)/g, ".");
    });
  });
})();
