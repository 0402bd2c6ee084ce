// A sum gets its dots when the field is left: 5000000 becomes 5.000.000.
(() => {
  document.querySelectorAll("input[data-money]").forEach((field) => {
    field.addEventListener("blur", () => {
      const digits = field.value.replace(/[\s.]/g, "");
      if (/^\d+$/.test(digits)) field.value = digits.replace(/\B(?=(\d{3})+$)/g, ".");
    });
  });
})();
