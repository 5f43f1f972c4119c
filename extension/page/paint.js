// Draws placed marks with CSS highlights, which leave the page's own elements alone, and finds them again by point.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.paint) return;

  const PULSE_MS = 1200;
  /** Strong and soft in turn: highlights know no transition. */
  const BEATS = 4;

  /** @type {Set<string>} */
  const painted = new Set();
  /** @type {PlacedMark[]} */
  let shown = [];
  let pulse = 0;

  /** The registry belongs to the page as well: names that are not ours are never touched. */
  function clear() {
    for (const name of painted) CSS.highlights.delete(name);
    painted.clear();
    shown = [];
  }

  TL.paint = {
    /**
     * One highlight per indicator and voice, named by the mark.
     *
     * @param {PlacedMark[]} items
     * @param {import("../lib/messages.js").Hidden} hidden
     */
    draw(items, hidden) {
      clear();
      shown = items.filter(
        ({ mark }) =>
          mark.name.startsWith("truthlens-") &&
          !hidden.indicators.includes(mark.indicator) &&
          !hidden.voices.includes(mark.voice),
      );
      for (const { mark } of shown) {
        if (painted.has(mark.name)) continue;
        const ranges = shown.filter((item) => item.mark.name === mark.name).map(({ range }) => range);
        CSS.highlights.set(mark.name, new Highlight(...ranges));
        painted.add(mark.name);
      }
    },

    clear,

    /** The marks under a point of the viewport. @param {number} x @param {number} y */
    at(x, y) {
      if (shown.length === 0) return [];
      if (CSS.highlights.highlightsFromPoint) {
        const hit = new Set(CSS.highlights.highlightsFromPoint(x, y).flatMap(({ ranges }) => ranges));
        return shown.filter(({ range }) => hit.has(range));
      }
      const caret = document.caretPositionFromPoint?.(x, y);
      if (!caret) return [];
      return shown.filter(
        ({ range }) => range.isPointInRange(caret.offsetNode, caret.offset) && covers(range, x, y),
      );
    },

    /** Brings a range into view and pulses it for 1.2 s. @param {Range} range */
    flash(range) {
      reveal(range);
      const flash = new Highlight(range);
      flash.priority = 1;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      pulse += 1;
      beat(flash, still ? 1 : BEATS, pulse);
    },
  };

  /** @param {Highlight} flash @param {number} beats How many are left. @param {number} turn */
  function beat(flash, beats, turn, length = PULSE_MS / beats) {
    if (turn !== pulse) return; // A later pulse has taken over.
    CSS.highlights.delete("truthlens-flash");
    CSS.highlights.delete("truthlens-flash-soft");
    if (beats === 0) return;
    CSS.highlights.set(
      beats % 2 === 0 || length === PULSE_MS ? "truthlens-flash" : "truthlens-flash-soft",
      flash,
    );
    setTimeout(() => beat(flash, beats - 1, turn, length), length);
  }

  /** @param {Range} range */
  function reveal(range) {
    const element = range.startContainer.parentElement;
    element?.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = range.getBoundingClientRect();
    // A parent taller than the window is centred without its text coming into view.
    if (box.top < 0 || box.bottom > innerHeight) {
      scrollBy({ top: box.top - innerHeight / 2, behavior: "instant" });
    }
  }

  /** @param {Range} range @param {number} x @param {number} y */
  function covers(range, x, y) {
    return [...range.getClientRects()].some(
      (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
    );
  }
})();
