// The card beside a mark. In the top layer, behind a closed shadow root; marks that share words share it, as tabs.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.card) return;

  const api = globalThis.browser ?? globalThis.chrome;
  const { element } = TL.look;
  const GAP = 8;

  const STYLE = `
    :host { position: fixed !important; inset: 0 auto auto 0 !important; }
    .card { pointer-events: auto; position: fixed; box-sizing: border-box; width: 320px; max-width: calc(100vw - 16px); max-height: calc(100vh - 16px); overflow: auto;
      background: var(--paper); color: var(--ink); border: 1px solid var(--rule); border-radius: 10px; box-shadow: 0 8px 28px var(--shade);
      padding: 12px 14px; font: 13px/1.45 ${TL.look.ui}; text-align: start; }
    .card:focus { outline: none; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
    p, h2 { margin: 0 0 8px; overflow-wrap: anywhere; }
    h2 { font-size: 13px; font-weight: 600; margin-bottom: 2px; color: var(--c); display: flex; gap: 12px; justify-content: space-between; }
    h2 span + span { color: var(--soft); font-weight: 400; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .phrase { font: 16px/1.35 ${TL.look.read}; margin-bottom: 4px; unicode-bidi: plaintext; }
    .who, .near { color: var(--soft); }
    .who::first-letter { text-transform: uppercase; }
    .near { font-size: 12px; }
    .plain { font: 15px/1.4 ${TL.look.read}; background: var(--wash); border-radius: 6px; padding: 6px 10px; margin-bottom: 4px; overflow-wrap: anywhere; unicode-bidi: plaintext; }
    .plain del { color: var(--soft); text-decoration-thickness: 1px; }
    .plain ins { text-decoration: none; font-weight: 600; }
    button, summary { font: inherit; font-size: 12px; color: var(--link); background: none; border: 0; padding: 2px 0; margin: 0; cursor: pointer; text-align: start; }
    button:hover, summary:hover { text-decoration: underline; }
    .deeds { display: flex; flex-wrap: wrap; gap: 2px 14px; border-top: 1px solid var(--rule); padding-top: 8px; align-items: start; }
    .votes { display: flex; gap: 14px; }
    [aria-pressed="true"] { color: var(--ink); text-decoration: underline 2px; text-underline-offset: 3px; }
    details { margin-inline-start: auto; }
    details[open] { flex-basis: 100%; }
    details button { display: block; padding: 3px 0 3px 12px; }
    [role="tablist"] { display: flex; flex-wrap: wrap; gap: 4px 12px; border-bottom: 1px solid var(--rule); margin-bottom: 8px; }
    [role="tab"] { color: var(--soft); border-bottom: 2px solid transparent; padding: 2px 0 4px; }
    [role="tab"][aria-selected="true"] { color: var(--ink); border-color: var(--c); font-weight: 600; }
    @media (forced-colors: active) { .card { border-color: CanvasText; } h2, [role="tab"] { color: CanvasText; }
      [role="tab"] { border-color: Canvas; } [role="tab"][aria-selected="true"] { border-color: CanvasText; } }
  `;

  /** @type {HTMLElement | undefined} */
  let host;
  /** @type {HTMLElement | undefined} */
  let face;
  /** @type {PlacedMark[]} */
  let open = [];
  let tab = 0;
  let height = 0;
  /** Whether the card only says what was switched off. */
  let told = false;
  /** Where the focus was before the card took it. @type {Element | null} */
  let before = null;
  /** @type {CardDeeds | undefined} */
  let deeds;

  function build() {
    host = document.createElement("truthlens-card");
    host.popover = "manual";
    face = element("div", "card");
    face.setAttribute("role", "dialog");
    face.tabIndex = -1;
    // The page's selection stays, since nothing of the card begins another; the page's own keys and clicks stay out.
    face.addEventListener("mousedown", (event) => event.target !== face && event.preventDefault());
    for (const kind of ["click", "mousedown", "pointerdown", "keydown", "keyup", "keypress"]) {
      face.addEventListener(kind, (event) => event.stopPropagation());
    }
    TL.look.enclose(host, STYLE).append(face);
  }

  /** @param {PlacedMark} item @param {number} k */
  function tabFor({ mark }, k) {
    const made = /** @type {HTMLButtonElement} */ (element("button", "", mark.title));
    made.type = "button";
    made.setAttribute("role", "tab");
    made.setAttribute("aria-selected", String(k === tab));
    made.tabIndex = k === tab ? 0 : -1;
    made.style.setProperty("--c", TL.look.hue(mark.colour));
    made.addEventListener("click", () => turn(k, false));
    return made;
  }

  function tabs() {
    const list = element("div", "", ...open.map(tabFor));
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", api.i18n.getMessage("card_tabs"));
    list.addEventListener("keydown", ({ key }) => {
      const by = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      if (by) turn((tab + by + open.length) % open.length, true);
    });
    return list;
  }

  /** @param {number} k @param {boolean} focus */
  function turn(k, focus) {
    tab = k;
    render();
    if (focus) /** @type {HTMLElement | null} */ (face?.querySelector('[aria-selected="true"]'))?.focus();
  }

  function render() {
    const item = open[tab];
    if (!item || !face || !deeds) return;
    const { mark } = item;
    face.setAttribute("aria-label", `${mark.title}: ${mark.selector.exact}`);
    const body = element("section", "", ...TL.account(mark, deeds));
    if (open.length < 2) return face.replaceChildren(body);
    body.setAttribute("role", "tabpanel");
    body.setAttribute("aria-label", mark.title);
    face.replaceChildren(tabs(), body);
  }

  /** Below the mark's line, above it where there is no room. @param {DOMRect} line */
  function put(line) {
    if (!face) return;
    const box = face.getBoundingClientRect();
    const left = Math.max(GAP, Math.min(line.left, innerWidth - box.width - GAP));
    const below = line.bottom + GAP;
    const fits = below + box.height + GAP <= innerHeight || line.top - GAP - box.height < GAP;
    const lowest = Math.max(GAP, innerHeight - box.height - GAP);
    face.style.setProperty("left", `${left}px`);
    face.style.setProperty("top", `${fits ? Math.min(below, lowest) : line.top - GAP - box.height}px`);
  }

  /** The line of a broken range that lies nearest to a height. @param {Range} range @param {number} y */
  function lineOf(range, y) {
    const lines = TL.anchor.linesOf(range);
    const away = (/** @type {DOMRect} */ box) => Math.max(box.top - y, y - box.bottom, 0);
    return lines.reduce(
      (one, other) => (away(other) < away(one) ? other : one),
      lines[0] ?? TL.anchor.boxOf(range),
    );
  }

  TL.card = {
    /** @param {CardDeeds} handlers */
    begin(handlers) {
      deeds = handlers;
    },

    /**
     * @param {PlacedMark[]} items Under one point or sharing words; at least one, the first is on top.
     * @param {number} y Where the pointer is, to pick the line of a mark that breaks.
     * @param {boolean} dark
     * @param {boolean} [focus] For readers who came by key.
     */
    show(items, y, dark, focus = false) {
      const first = items[0];
      if (!first) return;
      if (!host) build();
      if (!host || !face) return;
      open = items;
      tab = 0;
      told = false;
      const line = lineOf(first.range, y);
      height = line.top - TL.anchor.boxOf(first.range).top;
      face.classList.toggle("dark", dark);
      face.classList.toggle("light", !dark);
      render();
      if (!host.isConnected) document.documentElement.append(host);
      host.showPopover();
      put(line);
      if (!focus) return;
      before = document.activeElement;
      face.focus({ preventScroll: true });
    },

    hide() {
      open = [];
      if (!host?.isConnected) return;
      const hadFocus = document.activeElement === host;
      host.hidePopover();
      host.remove(); // Closed, nothing of ours is left in the page.
      if (hadFocus && before instanceof HTMLElement) before.focus({ preventScroll: true });
      before = null;
    },

    /** Says the same anew after a deed of the reader, keeping the focus on what was pressed. */
    renew() {
      if (open.length === 0 || told || !face) return;
      const shadow = /** @type {ShadowRoot} */ (face.getRootNode());
      const focused = /** @type {HTMLElement | null} */ (shadow.activeElement)?.dataset["deed"];
      render();
      if (!focused) return;
      /** @type {HTMLElement | null} */ (face.querySelector(`[data-deed="${focused}"]`))?.focus();
    },

    /** Instead of a mark that was switched off. @param {string} words @param {() => void} undo */
    tell(words, undo) {
      if (!face) return;
      told = true;
      const back = element("button", "", api.i18n.getMessage("card_undo"));
      back.addEventListener("click", undo);
      face.replaceChildren(element("p", "", words), back);
      if (document.activeElement === host) back.focus();
    },

    /** Moves along with its mark; false when that has left the window. */
    follow() {
      const first = open[0];
      if (!first) return false;
      const line = lineOf(first.range, TL.anchor.boxOf(first.range).top + height);
      if (line.bottom < 0 || line.top > innerHeight) return false;
      put(line);
      return true;
    },

    /** The numbers of the marks it tells about; none while it is closed. */
    numbers: () => open.map(({ mark }) => mark.number),

    /** @param {EventTarget | null} target */
    holds: (target) => host !== undefined && target === host,

    /** Whether a node is the card itself, which is no change of the page. @param {Node} node */
    is: (node) => node === host,
  };
})();
