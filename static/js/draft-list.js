// Lists the drafts kept on this device, each to open or to discard: all of them, those of a person, or those of this page.
(() => {
  const drafts = window.Drafts;
  const box = document.querySelector("[data-drafts]");
  if (!drafts || !box) return;
  const list = box.querySelector("ul");
  const row = box.querySelector("template").content.firstElementChild;
  const stamp = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const moment = (at) => {
    const part = Object.fromEntries(stamp.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${part.day}/${part.month}/${part.year} ${part.hour}:${part.minute}`;
  };

  const belongs = (draft) => {
    const { drafts: of } = box.dataset;
    if (of === "all") return true;
    if (of) return (draft.people || []).includes(of);
    return draft.page.split("?")[0] === location.pathname && draft.key !== (drafts.current && drafts.current());
  };

  const shown = (draft) => {
    const item = row.cloneNode(true);
    const names = (draft.names || []).join(", ");
    const open = item.querySelector("[data-open]");
    const discard = item.querySelector("[data-discard]");
    item.querySelector("[data-title]").textContent = [draft.title || box.dataset.untitled, names].filter(Boolean).join(": ");
    item.querySelector("[data-tell]").textContent = [moment(draft.at), draft.words].filter(Boolean).join(" · ");
    if (/^\/(?!\/)/.test(draft.page)) open.href = `${draft.page}#draft=${encodeURIComponent(draft.key)}`;
    discard.addEventListener("click", () => {
      if (!discard.dataset.asked) {
        discard.dataset.asked = "yes";
        discard.textContent = discard.dataset.sure;
        return;
      }
      drafts.forget(draft.key);
      document.dispatchEvent(new Event("drafts"));
    });
    return item;
  };

  // What the server says of the form just sent comes first; the other drafts of the page are listed once it is settled.
  const answered = !box.dataset.drafts && document.querySelector("form .errors, form [data-unsaved]");

  const show = () => {
    const found = answered ? [] : drafts.all().filter(belongs);
    box.hidden = !found.length;
    box.querySelector("[data-count]").textContent = (found.length === 1 ? box.dataset.one : box.dataset.many).replace("0", found.length);
    list.replaceChildren(...found.map(shown));
  };
  document.addEventListener("drafts", show);
  window.addEventListener("pageshow", show);
  drafts.ready.then(show);
})();
