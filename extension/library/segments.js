// A paragraph cut where marks begin and end, so that each piece has one look. Pure.

/** @typedef {{start: number, end: number}} Extent In UTF-16 units of the article's text. */

/**
 * @template {Extent} Kind
 * @typedef {{text: string, mark: Kind | null, here: boolean}} Piece
 */

/**
 * @template {Extent} Kind
 * @param {string} text The whole article's.
 * @param {Extent} paragraph
 * @param {Kind[]} marks Where two lie over one another, the one that begins later, being the shorter, is seen.
 * @param {Extent | null} here The place that the reader asked for.
 * @returns {Piece<Kind>[]}
 */
export function pieces(text, paragraph, marks, here) {
  const touching = marks.filter(({ start, end }) => start < paragraph.end && end > paragraph.start);
  const cuts = [paragraph, ...touching, ...(here ? [here] : [])].flatMap(({ start, end }) => [start, end]);
  const inside = cuts.filter((cut) => cut >= paragraph.start && cut <= paragraph.end);
  const sorted = [...new Set(inside)].sort((one, other) => one - other);
  return sorted.slice(1).map((end, k) => {
    const start = /** @type {number} */ (sorted[k]);
    const over = touching.filter((mark) => mark.start <= start && mark.end >= end);
    const mark = over.reduce(
      (/** @type {Kind | null} */ top, one) => (top === null || one.start >= top.start ? one : top),
      null,
    );
    return {
      text: text.slice(start, end),
      mark,
      here: here !== null && here.start <= start && here.end >= end,
    };
  });
}

/** Lines with words in them, with the number that each has among all lines. @param {string} text @returns {(Extent & {number: number})[]} */
export function paragraphsOf(text) {
  let start = 0;
  return text
    .split("\n")
    .map((line, number) => {
      const extent = { number, start, end: start + line.length };
      start = extent.end + 1;
      return extent;
    })
    .filter(({ start: from, end }) => text.slice(from, end).trim() !== "");
}
