// The plainer wording in its place: a label over the phrase and a line through it. The page's text stays as it is.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.plain) return;

  const api = globalThis.browser ?? globalThis.chrome;
  /** Numbers of the marks that the reader wants worded plainly. @type {Set<number>} */
  const wanted = new Set();
  /** Numbers of those that are. @type {Set<number>} */
  const drawn = new Set();

  TL.plain = {
    /** @param {number} number */
    has: (number) => wanted.has(number),

    /** Worded plainly, or as it was again. @param {number} number */
    toggle(number) {
      if (!wanted.delete(number)) wanted.add(number);
    },

    /** @param {PlacedMark[]} items What is painted. */
    draw(items) {
      const now = items.filter(({ mark }) => mark.wording && wanted.has(mark.number));
      for (const number of drawn) TL.layer.delete(`plain-${number}`);
      drawn.clear();
      for (const { mark, range } of now) {
        const leave = api.i18n.getMessage("card_left_out");
        TL.layer.set(`plain-${mark.number}`, [range], { label: mark.wording?.plainer || leave });
        drawn.add(mark.number);
      }
      TL.paint.strike(now.map(({ range }) => range));
    },

    /** Forgets what the reader wanted: the marks are others now. */
    reset() {
      wanted.clear();
      TL.plain.draw([]);
    },
  };
})();
