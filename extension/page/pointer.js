// When the card opens and closes. Clicks go on to the page; nothing here stops or changes an event.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.pointer) return;

  const HOVER_MS = 350;
  /** Long enough to reach the card from the mark. */
  const LEAVE_MS = 300;

  let opening = 0;
  let closing = 0;
  let framed = false;
  let pinned = false;
  let wanted = "";
  /** @type {{dark: () => boolean, chosen: (number: number) => void} | undefined} */
  let page;

  const selecting = () => {
    const selection = document.getSelection();
    return selection !== null && !selection.isCollapsed;
  };
  const keyOf = (/** @type {PlacedMark[]} */ items) => items.map(({ mark }) => mark.number).join();

  function close() {
    clearTimeout(opening);
    clearTimeout(closing);
    closing = 0;
    wanted = "";
    pinned = false;
    TL.card.hide();
  }

  /** @param {PlacedMark[]} items @param {number} y */
  function open(items, y) {
    clearTimeout(opening);
    clearTimeout(closing);
    closing = 0;
    TL.card.show(items, y, page?.dark() ?? false);
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
    const items = TL.paint.at(event.clientX, event.clientY);
    if (items.length === 0) return leave();
    const key = keyOf(items);
    if (key === TL.card.numbers().join()) {
      clearTimeout(closing);
      closing = 0;
    } else if (!pinned && key !== wanted) {
      wanted = key;
      clearTimeout(opening);
      opening = setTimeout(() => {
        if (!selecting()) open(items, event.clientY);
      }, HOVER_MS);
    }
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    if (event.button !== 0 || TL.card.holds(event.target)) return;
    const items = selecting() ? [] : TL.paint.at(event.clientX, event.clientY);
    if (items.length === 0) return close();
    open(items, event.clientY);
    pinned = true;
    page?.chosen(/** @type {PlacedMark} */ (items[0]).mark.number);
  }

  TL.pointer = {
    /** Starts listening, once. @param {{dark: () => boolean, chosen: (number: number) => void}} handlers */
    listen(handlers) {
      if (page) return;
      page = handlers;
      const quiet = { capture: true, passive: true };
      document.addEventListener(
        "pointermove",
        (event) => {
          if (framed) return;
          framed = true;
          requestAnimationFrame(() => moved(event));
        },
        quiet,
      );
      document.addEventListener("click", clicked, quiet);
      document.addEventListener("keydown", (event) => event.key === "Escape" && close(), quiet);
      document.documentElement.addEventListener("pointerleave", leave, quiet);
      addEventListener("scroll", (event) => TL.card.holds(event.target) || close(), quiet);
      addEventListener("resize", close, quiet);
    },
    close,
  };
})();
