// What is drawn above the page rather than on it: labels over phrases and, where the browser has no CSS highlights,
// the marks themselves. One closed shadow root at the end of the body, out of the page's flow, never hit by the pointer.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.layer) return;

  const STYLE = `
    :host { position: absolute !important; inset: 0 auto auto 0 !important; z-index: 2147483646 !important; }
    .box, .label { position: absolute; box-sizing: border-box; pointer-events: none; }
    .box { background: color-mix(in srgb, var(--c) var(--tint), transparent); border-bottom: 2px solid var(--c); }
    .quote { border-bottom-style: dotted; }
    .attributed { border-bottom-style: dashed; }
    .headline { border-bottom: 4px double var(--c); }
    .current { background: none; border: 2px solid var(--ink); }
    .flash { background: rgb(59 76 192 / 38%); border: 0; }
    .soft { background: rgb(59 76 192 / 20%); border: 0; }
    .struck { border: 0; background: linear-gradient(var(--soft), var(--soft)) 0 50% / 100% 2px no-repeat; }
    .label { transform: translateY(-100%); max-width: 20em; padding: 1px 6px; border-radius: 4px; border: 1px solid var(--rule); background: var(--paper);
      color: var(--ink); box-shadow: 0 2px 8px var(--shade); font: 14px/1.35 ${TL.look.read}; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .under { transform: none; }
    .label em { font: italic 12px/1.35 ${TL.look.ui}; color: var(--soft); }
    @media (forced-colors: active) {
      .box { background: none; border-color: CanvasText; }
      .current, .flash, .soft { border: 2px solid Highlight; }
      .label { border-color: CanvasText; }
    }
  `;
  /** Room that a label needs above its phrase. */
  const ROOM = 24;

  /**
   * @typedef {object} Piece
   * @property {Range[]} ranges
   * @property {string} kind Classes of its boxes.
   * @property {string} slot Its colour.
   * @property {string | null} label Words over its first line instead of boxes.
   */

  /** @type {Map<string, Piece>} */
  const pieces = new Map();
  /** @type {HTMLElement | undefined} */
  let host;
  /** @type {HTMLElement | undefined} */
  let sheet;
  let framed = false;
  let dark = false;
  let listening = false;

  function build() {
    host = document.createElement("truthlens-layer");
    host.setAttribute("aria-hidden", "true"); // The card and the panel say the same.
    sheet = TL.look.element("div");
    TL.look.enclose(host, STYLE).append(sheet);
  }

  /** Boxes are absolute and go along when the page scrolls; what scrolls within it, and new layout, move them. */
  function listen() {
    if (listening) return;
    listening = true;
    const quiet = { capture: true, passive: true };
    addEventListener("scroll", (event) => event.target === document || renew(), quiet);
    addEventListener("resize", renew, quiet);
    document.addEventListener("load", renew, quiet); // pictures push the text down
    if (globalThis.ResizeObserver) new ResizeObserver(renew).observe(document.documentElement);
  }

  function renew() {
    if (pieces.size > 0) later();
  }

  function later() {
    if (framed) return;
    framed = true;
    requestAnimationFrame(() => {
      framed = false;
      lay();
    });
  }

  /** Reads all places first, then writes: one layout of the page, however many pieces. */
  function lay() {
    if (pieces.size === 0) {
      host?.remove();
      return;
    }
    if (!host) build();
    if (!host || !sheet) return;
    // Frameworks that render the body anew drop what they do not know.
    if (!host.isConnected) document.body.append(host);
    listen();
    const origin = host.getBoundingClientRect();
    const made = [...pieces.values()].flatMap((piece) =>
      piece.label === null ? boxesOf(piece, origin) : labelOf(piece, piece.label, origin),
    );
    sheet.className = dark ? "dark" : "light";
    sheet.replaceChildren(...made);
  }

  /** @param {HTMLElement} element @param {Record<string, string>} style */
  function styled(element, style) {
    // Through the object model: a style attribute would need the leave of the page's policy.
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
    return element;
  }

  /** @param {Piece} piece @param {DOMRect} origin */
  function boxesOf({ ranges, kind, slot }, origin) {
    return ranges
      .flatMap((range) => TL.anchor.linesOf(range))
      .filter(({ width, height }) => width > 0 && height > 0)
      .map(({ left, top, width, height }) =>
        styled(TL.look.element("div", `box ${kind}`), {
          "--c": TL.look.hue(slot),
          left: `${left - origin.left}px`,
          top: `${top - origin.top}px`,
          width: `${width}px`,
          height: `${height + 2}px`,
        }),
      );
  }

  /** @param {Piece} piece @param {string} words @param {DOMRect} origin */
  function labelOf({ ranges, kind }, words, origin) {
    const line = ranges[0] && TL.anchor.linesOf(ranges[0])[0];
    if (!line?.width) return [];
    const under = line.top + scrollY < ROOM;
    const label = TL.look.element("div", `label ${kind} ${under ? "under" : ""}`, words);
    const top = (under ? line.bottom : line.top) - origin.top;
    return [styled(label, { left: `${line.left - origin.left}px`, top: `${top}px` })];
  }

  TL.layer = {
    /**
     * Draws, or draws anew, the piece of this name.
     *
     * @param {string} name
     * @param {Range[]} ranges
     * @param {{kind?: string, slot?: string, label?: string}} [look]
     */
    set(name, ranges, { kind = "", slot = "other", label } = {}) {
      pieces.set(name, { ranges, kind, slot, label: label ?? null });
      later();
    },

    /** @param {string} name */
    delete(name) {
      if (pieces.delete(name)) later();
    },

    /** Whether what is drawn stands on a dark ground. @param {boolean} isDark */
    ground(isDark) {
      if (dark === isDark) return;
      dark = isDark;
      renew();
    },

    /** Lays the pieces anew after the page has changed. */
    renew,

    /** Whether a node is the layer itself, which is no change of the page. @param {Node} node */
    is: (node) => node === host,
  };
})();
