// A photograph is made smaller on the device before it is sent: a paper is read as well, and a slow line takes it.
(() => {
  const LONGEST = 2000, LARGE = 600_000, QUALITY = 0.82;

  const shrink = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (share === 1 && file.size <= LARGE) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    if (!made || made.size >= file.size) return file;
    return new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  };

  document.querySelectorAll("input[type=file][data-photo]").forEach((field) => {
    const send = field.form.querySelector("button[type=submit], .btn-primary");
    field.addEventListener("change", async () => {
      const file = field.files[0];
      if (!file || !file.type.startsWith("image/")) return;
      send.disabled = true;
      try {
        const made = await shrink(file);
        if (made !== file && field.files[0] === file) {
          const list = new DataTransfer();
          list.items.add(made);
          field.files = list.files;
        }
      } catch {
        // The server says what is wrong with it.
      } finally {
        send.disabled = false;
      }
    });
  });
})();
