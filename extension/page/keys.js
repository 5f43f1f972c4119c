// Marks by key: on to the next and back, Enter for the card, Escape to close it. The keys for next and previous are
// the browser's, where readers can change them; they come in as messages.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.keys) return;

  /** @type {number | null} */
  let current = null;
  let listening = false;

  const found = () => TL.paint.shown().find(({ mark }) => mark.number === current);

  function forget() {
    if (current === null) return;
    current = null;
    TL.paint.current(null);
  }

  /** The first mark at or below the top of the window, or the last one above it. @param {PlacedMark[]} items @param {number} by */
  function nearest(items, by) {
    const below = items.findIndex(({ range }) => TL.anchor.boxOf(range).top >= 0);
    if (by > 0) return below < 0 ? 0 : below;
    return (below < 0 ? items.length : below + items.length) - 1;
  }

  /** Whether a key pressed now is meant for something else on the page. @param {Document} page The page's, or a frame's. */
  function isTaken({ activeElement, body, documentElement }) {
    return activeElement !== null && activeElement !== body && activeElement !== documentElement;
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.key === "Escape") {
      if (TL.card.numbers().length > 0) TL.pointer.close();
      else forget();
      return;
    }
    const item = found();
    const isPlain =
      !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey && !event.isComposing;
    if (
      event.key !== "Enter" ||
      !isPlain ||
      !item ||
      isTaken(TL.anchor.documentOf(event)) ||
      TL.card.numbers().length > 0
    )
      return;
    // Only here is a key kept from the page: the reader has just stepped on a mark, and nothing has the focus.
    event.preventDefault();
    event.stopImmediatePropagation();
    TL.pointer.enter(item);
  }

  /** Listens in the page or in a frame of it. @param {Document} page */
  function attend(page) {
    page.addEventListener("keydown", pressed, { capture: true });
    page.addEventListener("click", (event) => TL.card.holds(event.target) || forget(), {
      capture: true,
      passive: true,
    });
  }

  TL.keys = {
    /** Starts listening, once. */
    listen() {
      if (listening) return;
      listening = true;
      attend(document);
    },

    attend,

    /**
     * @param {number} by 1 or -1; past the last comes the first.
     * @returns {number | null} The number of the mark that is current now.
     */
    step(by) {
      const items = TL.paint.shown();
      if (items.length === 0) return null;
      const at = items.findIndex(({ mark }) => mark.number === current);
      const item = items[at < 0 ? nearest(items, by) : (at + by + items.length) % items.length];
      if (!item) return null;
      TL.pointer.close();
      current = item.mark.number;
      TL.paint.current(item.range);
      TL.paint.flash(item.range);
      return current;
    },

    /** Shows the current mark again after the marks were drawn anew. */
    draw() {
      const item = found();
      if (item) TL.paint.current(item.range);
    },

    forget,
  };
})();
