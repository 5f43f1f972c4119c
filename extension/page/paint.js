// Draws placed marks with CSS highlights, which leave the page's own elements alone, and finds them again by point.
// Where the browser has no highlights, or paints them all alike, the layer draws boxes in their stead.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.paint) return;

  const PULSE_MS = 1200;
  /** Strong and soft in turn: highlights know no transition. */
  const BEATS = 4;
  /** What lies over the marks, in the order in which it covers. */
  const OVER = ["truthlens-plain", "truthlens-current", "truthlens-flash-soft", "truthlens-flash"];
  const KINDS = /** @type {Record<string, string>} */ ({
    "truthlens-plain": "struck",
    "truthlens-current": "current",
    "truthlens-flash": "flash",
    "truthlens-flash-soft": "soft",
  });

  /** @type {Set<string>} */
  const painted = new Set();
  /** @type {PlacedMark[]} */
  let shown = [];
  /** @type {ShadowRoot[]} */
  let shadowRoots = [];
  /** Windows that may carry marks: the page's and those of frames in it, each with a registry of its own. @type {Set<Registering>} */
  const windows = new Set([globalThis]);
  let pulse = 0;

  const forced = matchMedia("(forced-colors: active)");

  /** Forced colours make every highlight a block of the system's colour, without the line that says whose words. */
  const usesHighlights = () => Boolean(globalThis.CSS?.highlights && globalThis.Highlight) && !forced.matches;

  /** The registry belongs to the page as well: names that are not ours are never touched. @param {string} name */
  function unset(name) {
    for (const view of windows) view.CSS?.highlights?.delete(name);
    TL.layer.delete(name);
  }

  /** @param {string} name @param {Range[]} ranges @param {import("../lib/messages.js").Mark} [mark] */
  function set(name, ranges, mark) {
    if (ranges.length === 0) return unset(name);
    if (!usesHighlights()) {
      TL.layer.set(
        name,
        ranges,
        mark ? { kind: mark.voice, slot: mark.colour } : { kind: KINDS[name] ?? "" },
      );
      return;
    }
    for (const range of ranges) windows.add(viewOf(range));
    for (const view of windows) {
      const own = ranges.filter((range) => viewOf(range) === view);
      if (own.length === 0) {
        view.CSS?.highlights?.delete(name);
        continue;
      }
      const highlight = new view.Highlight(...own);
      highlight.priority = OVER.indexOf(name) + 1;
      view.CSS.highlights.set(name, highlight);
    }
  }

  /** The window that a range is in; our own global stands for the page's. @param {Range} range @returns {Registering} */
  function viewOf({ startContainer: { ownerDocument } }) {
    return ownerDocument === document
      ? globalThis
      : /** @type {Registering} */ (/** @type {unknown} */ (ownerDocument?.defaultView ?? globalThis));
  }

  function clear() {
    for (const name of painted) unset(name);
    painted.clear();
    shown = [];
    unset("truthlens-current");
  }

  TL.paint = {
    /**
     * One highlight per indicator and voice, named by the mark.
     *
     * @param {PlacedMark[]} items In the order of the article.
     * @param {ShadowRoot[]} roots Where some of them may stand.
     */
    draw(items, roots) {
      clear();
      shadowRoots = roots;
      shown = items.filter(({ mark }) => mark.name.startsWith("truthlens-"));
      /** @type {Map<string, PlacedMark[]>} */
      const groups = new Map();
      for (const item of shown) groups.set(item.mark.name, [...(groups.get(item.mark.name) ?? []), item]);
      for (const [name, group] of groups) {
        set(
          name,
          group.map(({ range }) => range),
          group[0]?.mark,
        );
        painted.add(name);
      }
    },

    clear,

    /** What is painted, in the order of the article. */
    shown: () => shown,

    /** The marks under a point of a document's own viewport. @param {number} x @param {number} y @param {Document} [page] */
    at(x, y, page = document) {
      if (shown.length === 0) return [];
      const view = /** @type {Registering} */ (page === document ? globalThis : page.defaultView);
      if (usesHighlights() && view.CSS.highlights.highlightsFromPoint) {
        const roots = shadowRoots.filter(({ ownerDocument }) => ownerDocument === page);
        const found = view.CSS.highlights.highlightsFromPoint(x, y, { shadowRoots: roots });
        const hit = new Set(found.flatMap(({ ranges }) => ranges));
        return shown.filter(({ range }) => hit.has(range));
      }
      return shown.filter(({ range }) => range.startContainer.ownerDocument === page && covers(range, x, y));
    },

    /** A mark with those that share words with it, itself first. @param {PlacedMark} item */
    overlapping(item) {
      // In the article's text: ranges in different shadow roots cannot be compared.
      const { hint: start, exact } = item.mark.selector;
      const others = shown.filter((other) => {
        const { selector } = other.mark;
        const meets = selector.hint < start + exact.length && start < selector.hint + selector.exact.length;
        return meets && other !== item;
      });
      return [item, ...others];
    },

    /** Says which mark the keys stand on; null for none. @param {Range | null} range */
    current(range) {
      set("truthlens-current", range ? [range] : []);
    },

    /** Strikes phrases out that a label words otherwise. @param {Range[]} ranges */
    strike(ranges) {
      set("truthlens-plain", ranges);
    },

    /** Brings a range into view and pulses it for 1.2 s. @param {Range} range */
    flash(range) {
      reveal(range);
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      pulse += 1;
      beat(range, still ? 1 : BEATS, pulse);
    },
  };

  /** @param {Range} range @param {number} beats How many are left. @param {number} turn */
  function beat(range, beats, turn, length = PULSE_MS / beats) {
    if (turn !== pulse) return; // A later pulse has taken over.
    unset("truthlens-flash");
    unset("truthlens-flash-soft");
    if (beats === 0) return;
    set(beats % 2 === 0 || length === PULSE_MS ? "truthlens-flash" : "truthlens-flash-soft", [range]);
    setTimeout(() => beat(range, beats - 1, turn, length), length);
  }

  /** @param {Range} range */
  function reveal(range) {
    const element = TL.anchor.elementOf(range.startContainer);
    element?.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = TL.anchor.boxOf(range);
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
