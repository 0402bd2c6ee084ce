// Whose file the user does not see any more (handed over, sealed) is named by no draft that the device still keeps.
(() => {
  const drafts = window.Drafts;
  const AT_ONCE = 300; // people; the server reads no more
  if (!drafts) return;

  const unname = (draft, unseen) => {
    const hidden = (draft.names || []).filter((_name, place) => unseen.has((draft.people || [])[place]));
    if (!hidden.length) return false;
    const { key, ...kept } = draft;
    const without = (text) => hidden.reduce((rest, name) => rest.replaceAll(name, "…"), text || "");
    const names = draft.names.map((name) => (hidden.includes(name) ? "…" : name));
    return drafts.write(key, { ...kept, names, title: without(draft.title) });
  };

  const ask = async () => {
    const people = [...new Set(drafts.all().flatMap((draft) => draft.people || []))].slice(0, AT_ONCE);
    if (!people.length) return;
    const query = new URLSearchParams(people.map((person) => ["person", person]));
    const answer = await fetch(`${document.body.dataset.recorded}?${query}`, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const unseen = new Set((await answer.json()).unseen);
    if (drafts.all().filter((draft) => unname(draft, unseen)).length) document.dispatchEvent(new Event("drafts"));
  };

  if (navigator.onLine) drafts.ready.then(ask).catch(() => {}); // no answer: the next page asks
})();
