// When the card opens and closes. Clicks go on to the page; nothing here stops or changes an event.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.pointer) return;

  /** Long enough to reach the card from the mark. */
  const LEAVE_MS = 300;

  let opening = 0;
  let closing = 0;
  let framed = false;
  let shifting = false;
  let pinned = false;
  let wanted = "";
  /** @type {PageHandlers | undefined} */
  let page;

  const { documentOf } = TL.anchor;
  const selecting = (/** @type {Document} */ where) => {
    const selection = where.getSelection();
    return selection !== null && !selection.isCollapsed;
  };
  const keyOf = (/** @type {PlacedMark[]} */ items) => items.map(({ mark }) => mark.number).join();

  /** The height of an event in the window's viewport. @param {MouseEvent} event */
  const heightOf = (event) => event.clientY + TL.anchor.offsetOf(documentOf(event)).y;

  /** What stands under a point, with all that shares words with the first of it. @param {MouseEvent} event */
  function itemsAt(event) {
    const items = TL.paint.at(event.clientX, event.clientY, documentOf(event));
    return items[0] ? [...new Set([...items, ...TL.paint.overlapping(items[0])])] : [];
  }

  function close() {
    clearTimeout(opening);
    clearTimeout(closing);
    closing = 0;
    wanted = "";
    pinned = false;
    TL.card.hide();
  }

  /** @param {PlacedMark[]} items @param {number} y @param {boolean} [focus] */
  function open(items, y, focus) {
    clearTimeout(opening);
    clearTimeout(closing);
    closing = 0;
    TL.card.show(items, y, page?.dark() ?? false, focus);
  }

  function leave() {
    clearTimeout(opening);
    wanted = "";
    if (pinned || closing || TL.card.numbers().length === 0) return;
    closing = setTimeout(close, LEAVE_MS);
  }

  /** @param {PointerEvent} event */
  function moved(event) {
    framed = false;
    if (event.buttons !== 0 || event.pointerType === "touch") return;
    if (TL.card.holds(event.target)) {
      clearTimeout(closing);
      closing = 0;
      return;
    }
    const delay = page?.hoverMs() ?? 0;
    const items = delay > 0 || TL.card.numbers().length > 0 ? itemsAt(event) : [];
    if (items.length === 0) return leave();
    const key = keyOf(items);
    if (key === TL.card.numbers().join()) {
      clearTimeout(closing);
      closing = 0;
    } else if (delay > 0 && !pinned && key !== wanted) {
      wanted = key;
      clearTimeout(opening);
      opening = setTimeout(() => {
        if (!selecting(documentOf(event))) open(items, heightOf(event));
      }, delay);
    }
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    if (event.button !== 0 || TL.card.holds(event.target)) return;
    const items = selecting(documentOf(event)) ? [] : itemsAt(event);
    if (items.length === 0) return close();
    open(items, heightOf(event));
    pinned = true;
    page?.chosen(/** @type {PlacedMark} */ (items[0]).mark.number);
  }

  /** The card goes along with its mark; one that only hovers goes away. */
  function shifted() {
    if (shifting || TL.card.numbers().length === 0) return;
    shifting = true;
    requestAnimationFrame(() => {
      shifting = false;
      if (!pinned || !TL.card.follow()) close();
    });
  }

  /** Listens in the page or in a frame of it. @param {Document} where */
  function attend(where) {
    const quiet = { capture: true, passive: true };
    where.addEventListener(
      "pointermove",
      (event) => {
        if (framed) return;
        framed = true;
        requestAnimationFrame(() => moved(event));
      },
      quiet,
    );
    where.addEventListener("click", clicked, quiet);
    where.documentElement.addEventListener("pointerleave", leave, quiet);
    where.addEventListener("scroll", (event) => TL.card.holds(event.target) || shifted(), quiet);
  }

  TL.pointer = {
    /** Starts listening, once. @param {PageHandlers} handlers */
    listen(handlers) {
      if (page) return;
      page = handlers;
      attend(document);
      addEventListener("resize", shifted, { capture: true, passive: true });
    },

    attend,

    /** Opens the card by key, and moves the focus into it. @param {PlacedMark} item */
    enter(item) {
      open(TL.paint.overlapping(item), TL.anchor.boxOf(item.range).top, true);
      pinned = true;
    },

    close,
  };
})();
