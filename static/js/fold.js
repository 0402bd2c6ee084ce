// A name as it is searched: small letters without accents, i for y. The same as match_key of cases/lib/text.py, by its table.
(() => {
  const { letters, y } = window.FOLD_TABLE;
  const table = new Map(Object.entries(letters).flatMap(([folded, chars]) => [...chars].map((char) => [char, folded])));
  const iOrY = new RegExp(y, "g");
  const one = (char) => (table.has(char) ? table.get(char) : char.toLowerCase());
  window.fold = (text) => [...text.normalize("NFC")].map(one).join("").split(/\s+/).filter(Boolean).join(" ").replace(iOrY, "$1i");
})();
