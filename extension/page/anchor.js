// From a quotation with its context to a range of the page. The quotation is the authority, the position a hint.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.anchor) return;

  /** Candidates looked at per quotation; a page that repeats one more often is not telling them apart anyway. */
  const CEILING = 10_000;
  /** A shorter quotation than this needs characters of its context beside it, since a wrong mark is worse than none: … */
  const TELLING = 24;
  /** … so many where it occurs once, to tell a word from a piece of a longer one, … */
  const CONTEXT_ONCE = 3;
  /** … and so many where it occurs often. */
  const CONTEXT_OFTEN = 8;

  const flat = (/** @type {string} */ text) => text.replace(/\n/g, " ");

  /** @param {string} text @param {string} sought */
  function occurrences(text, sought) {
    const found = [];
    for (
      let at = text.indexOf(sought);
      at >= 0 && found.length < CEILING;
      at = text.indexOf(sought, at + 1)
    ) {
      found.push(at);
    }
    return found;
  }

  /** How many characters of the context agree, counted outwards. @type {(text: string, start: number, end: number, prefix: string, suffix: string) => number} */
  function agreement(text, start, end, prefix, suffix) {
    let before = 0;
    while (
      before < prefix.length &&
      before < start &&
      text[start - 1 - before] === prefix[prefix.length - 1 - before]
    ) {
      before += 1;
    }
    let after = 0;
    while (after < suffix.length && text[end + after] === suffix[after]) after += 1;
    return before + after;
  }

  /**
   * @param {string} text
   * @param {{exact: string, prefix: string, suffix: string}} quote In the form of `text`.
   * @returns {{start: number, end: number, score: number}[]} The places that fit equally well; none when none fits.
   */
  function best(text, { exact, prefix, suffix }) {
    if (!exact) return [];
    const candidates = occurrences(text, exact).map((start) => {
      const end = start + exact.length;
      return { start, end, score: agreement(text, start, end, prefix, suffix) };
    });
    const top = Math.max(...candidates.map((candidate) => candidate.score), 0);
    const wanted = candidates.length === 1 ? CONTEXT_ONCE : CONTEXT_OFTEN;
    const enough = exact.length >= TELLING ? 0 : Math.min(wanted, prefix.length + suffix.length);
    return candidates.filter((candidate) => candidate.score === top && top >= enough);
  }

  /** @param {import("../lib/messages.js").Selector} selector @param {boolean} dense */
  function quoteOf(selector, dense) {
    const shape = (/** @type {string} */ string) => {
      const text = flat(TL.text.fold(string));
      return dense ? text.replaceAll(" ", "") : text;
    };
    return {
      exact: shape(selector.exact).trim(),
      prefix: shape(selector.prefix),
      suffix: shape(selector.suffix),
    };
  }

  /** The index without its blanks: extractors and pages disagree on those round links and line breaks. */
  function densely(/** @type {TextIndex} */ index) {
    const kept = [];
    for (let k = 0; k < index.text.length; k += 1) {
      if (index.text[k] !== " " && index.text[k] !== "\n") kept.push(k);
    }
    return { text: index.text.replace(/[ \n]/g, ""), kept };
  }

  /** @param {Text | null | undefined} node */
  const isVisible = (node) => (node ? elementOf(node) : null)?.checkVisibility?.() ?? true;

  /** @param {Text | null | undefined} node */
  const isTitle = (node) => (node ? elementOf(node) : null)?.closest("h1") instanceof Element;

  /** The element that holds a node, over the edges of shadow roots and frames. @param {Node} node @returns {Element | null} */
  function elementOf(node) {
    if (node.parentElement) return node.parentElement;
    const root = /** @type {ShadowRoot | Document} */ (node.getRootNode());
    return "host" in root ? root.host : (root.defaultView?.frameElement ?? null);
  }

  TL.anchor = {
    elementOf,

    /**
     * How far the viewport of a node's document lies from the window's: 0 but within frames.
     *
     * @param {Node} node
     */
    offsetOf(node) {
      const offset = { x: 0, y: 0 };
      let view = (node.ownerDocument ?? /** @type {Document} */ (node)).defaultView;
      for (let frame = view?.frameElement; frame; frame = view?.frameElement) {
        const box = frame.getBoundingClientRect();
        offset.x += box.left + frame.clientLeft;
        offset.y += box.top + frame.clientTop;
        view = frame.ownerDocument.defaultView;
      }
      return offset;
    },

    /** The document in which an event has happened: the page's, or that of a frame in it. @param {Event} event */
    documentOf: ({ target }) =>
      /** @type {Node | null} */ (target)?.ownerDocument ?? /** @type {Document} */ (target ?? document),

    /** The lines of a range in the window's viewport. @param {Range} range @returns {DOMRect[]} */
    linesOf(range) {
      const { x, y } = TL.anchor.offsetOf(range.startContainer);
      const lines = [...range.getClientRects()];
      if (x === 0 && y === 0) return lines;
      return lines.map((line) => new DOMRect(line.x + x, line.y + y, line.width, line.height));
    },

    /** The box round a range in the window's viewport. @param {Range} range @returns {DOMRect} */
    boxOf(range) {
      const { x, y } = TL.anchor.offsetOf(range.startContainer);
      const box = range.getBoundingClientRect();
      return x === 0 && y === 0 ? box : new DOMRect(box.x + x, box.y + y, box.width, box.height);
    },

    /**
     * Finds every quotation at once, so that those with one possible place tell where the others are.
     *
     * @param {TextIndex} index
     * @param {import("../lib/messages.js").Selector[]} selectors
     * @returns {(Range | null)[]} null for what could not be placed.
     */
    place(index, selectors) {
      const text = flat(index.text);
      /** @type {ReturnType<typeof densely> | undefined} */
      let dense;
      const choices = selectors.map((selector) => {
        const places = best(text, quoteOf(selector, false));
        if (places.length > 0) return places;
        const sparse = (dense ??= densely(index));
        return best(sparse.text, quoteOf(selector, true)).map(({ start, end, score }) => ({
          start: /** @type {number} */ (sparse.kept[start]),
          end: /** @type {number} */ (sparse.kept[end - 1]) + 1,
          score,
        }));
      });
      const sure = selectors.flatMap((selector, k) => {
        const only = choices[k]?.length === 1 ? choices[k][0] : undefined;
        return only ? [{ hint: selector.hint, shift: only.start - selector.hint }] : [];
      });
      return selectors.map((selector, k) => {
        const expected = selector.hint + nearestShift(sure, selector.hint);
        const place = choose(index, choices[k] ?? [], expected, selector.prefix === "");
        return place ? rangeOf(index, place.start, place.end) : null;
      });
    },
  };

  /** How far the page's text lies behind the article's at this place. @param {{hint: number, shift: number}[]} sure @param {number} hint */
  function nearestShift(sure, hint) {
    let nearest = { away: Infinity, shift: 0 };
    for (const known of sure) {
      const away = Math.abs(known.hint - hint);
      if (away < nearest.away) nearest = { away, shift: known.shift };
    }
    return nearest.shift;
  }

  /**
   * Among equals, one that is seen before one that is not (menus, closed boxes), then, for what the article begins
   * with, a heading of the first rank before links that name the article, then the nearest to the hint.
   *
   * @param {TextIndex} index
   * @param {{start: number, end: number}[]} places
   * @param {number} expected
   * @param {boolean} isFirst
   */
  function choose(index, places, expected, isFirst) {
    if (places.length < 2) return places[0];
    const seen = places.filter((place) => isVisible(index.nodes[place.start]));
    const shown = seen.length > 0 ? seen : places;
    const titles = isFirst ? shown.filter((place) => isTitle(index.nodes[place.start])) : [];
    const pool = titles.length > 0 ? titles : shown;
    return pool.reduce((one, other) =>
      Math.abs(other.start - expected) < Math.abs(one.start - expected) ? other : one,
    );
  }

  /** @param {TextIndex} index @param {number} start @param {number} end */
  function rangeOf(index, start, end) {
    const first = index.nodes[start];
    const last = index.nodes[end - 1];
    if (!first || !last) return null;
    const range = first.ownerDocument.createRange();
    range.setStart(first, /** @type {number} */ (index.starts[start]));
    range.setEnd(last, /** @type {number} */ (index.ends[end - 1]));
    // A range cannot reach over the edge of a shadow root, nor backwards where slots change the order.
    return range.collapsed ? null : range;
  }
})();
