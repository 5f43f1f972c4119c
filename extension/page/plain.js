// The plainer wording in its place: a label over the phrase and a line through it. The page's text stays as it is.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.plain) return;

  const api = globalThis.browser ?? globalThis.chrome;
  /** Marks that the reader wants worded plainly, also when they come to be shown anew under other numbers. @type {Set<string>} */
  const wanted = new Set();
  /** Numbers of those that are. @type {Set<number>} */
  const drawn = new Set();

  /** The same words at the same place of the article. @param {import("../lib/messages.js").Mark} mark */
  const nameOf = ({ indicator, selector: { prefix, exact, suffix } }) =>
    JSON.stringify([indicator, prefix, exact, suffix]);

  TL.plain = {
    /** @param {import("../lib/messages.js").Mark} mark */
    has: (mark) => wanted.has(nameOf(mark)),

    /** Worded plainly, or as it was again. @param {import("../lib/messages.js").Mark} mark */
    toggle(mark) {
      if (!wanted.delete(nameOf(mark))) wanted.add(nameOf(mark));
    },

    /** @param {PlacedMark[]} items What is painted. */
    draw(items) {
      const now = items.filter(({ mark }) => mark.wording && TL.plain.has(mark));
      for (const number of drawn) TL.layer.delete(`plain-${number}`);
      drawn.clear();
      for (const { mark, range } of now) {
        const leave = api.i18n.getMessage("card_left_out");
        TL.layer.set(`plain-${mark.number}`, [range], { label: mark.wording?.plainer || leave });
        drawn.add(mark.number);
      }
      TL.paint.strike(now.map(({ range }) => range));
    },

    /** Takes the labels away. What the reader wants is kept, for when the same marks are shown again. */
    clear() {
      TL.plain.draw([]);
    },
  };
})();
