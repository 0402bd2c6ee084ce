// On a narrow screen a row of tabs scrolls: the tab one is on is brought into sight.
(() => {
  document.querySelectorAll(".tabs").forEach((tabs) => {
    const current = tabs.querySelector("[aria-current]");
    if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
  });
})();
