// What is not sent yet leaves this device as a file: the entries as they lie here, encrypted with the key that only the server
// has besides. It needs no PIN, for nothing is opened.
(() => {
  const { TripOutbox: outbox } = window;
  const button = document.querySelector("[data-leave]");
  if (!outbox || !button) return;
  const said = document.querySelector("[data-left]");
  const base64 = (bytes) => btoa([...new Uint8Array(bytes)].map((byte) => String.fromCharCode(byte)).join(""));

  const write = (rows) => {
    const entries = rows.map(({ device, box }) => ({ device, iv: base64(box.iv), data: base64(box.data) }));
    const today = new Date().toISOString().slice(0, 10);
    return new File([JSON.stringify({ file: "trip-outbox", edition: outbox.EDITION, entries })], `di-thon-${today}.txt`, { type: "text/plain" });
  };
  const save = (file) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  button.addEventListener("click", async () => {
    const rows = (await outbox.list()).filter((row) => row.state !== "recorded");
    const file = write(rows);
    if (matchMedia("(pointer: coarse)").matches && navigator.canShare && navigator.canShare({ files: [file] })) {
      try {
        await navigator.share({ files: [file] });
      } catch (given) {
        if (given.name === "AbortError") return; // thought better of it
        save(file);
      }
    } else save(file);
    said.textContent = `${said.dataset.words.replace("0", rows.length)} ✓`;
  });
})();
