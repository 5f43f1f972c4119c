// The card beside a mark: what it is, whose words, why, and a plainer wording. In the top layer, behind a closed
// shadow root, so that neither styles nor scripts of the page reach into it.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.card) return;

  const api = globalThis.browser ?? globalThis.chrome;
  const GAP = 8;

  const STYLE = `
    :host { all: initial; }
    :host([popover]) { position: fixed; inset: auto; margin: 0; padding: 0; border: 0; background: none; overflow: visible; }
    .card { --paper: #fff; --ink: #1d1c1a; --soft: #5e5a52; --rule: #e4e0d7; --wash: #f2efe8;
      --loaded: #a65600; --name: #b3125f; --exaggeration: #0a7570; --doubt: #5a3fd0; --fear: #1f66b8; --vague: #56616b; --other: #6b5d4d;
      box-sizing: border-box; width: 320px; max-width: calc(100vw - 16px); max-height: calc(100vh - 16px); overflow: auto;
      background: var(--paper); color: var(--ink); border: 1px solid var(--rule); border-radius: 10px;
      box-shadow: 0 8px 28px rgb(0 0 0 / .16); padding: 12px 14px; font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; text-align: start; }
    .card.dark { --paper: #1f1f23; --ink: #ece9e2; --soft: #b3aea3; --rule: #34343a; --wash: #26262b; box-shadow: 0 8px 28px rgb(0 0 0 / .5);
      --loaded: #ffb25a; --name: #ff85ba; --exaggeration: #5fd0c5; --doubt: #b6a4ff; --fear: #8db4ff; --vague: #aab6c0; --other: #cbbba6; }
    section + section { border-top: 1px solid var(--rule); margin-top: 10px; padding-top: 10px; }
    h2 { font: 600 13px/1.45 inherit; font-family: inherit; font-size: 13px; font-weight: 600; margin: 0; color: var(--c); display: flex; gap: 12px; justify-content: space-between; }
    h2 span { color: var(--soft); font-weight: 400; white-space: nowrap; font-variant-numeric: tabular-nums; }
    p { margin: 0; overflow-wrap: anywhere; }
    .who { color: var(--soft); }
    .who::first-letter { text-transform: uppercase; }
    .plain { font: 15px/1.4 "Iowan Old Style", "Palatino Linotype", Georgia, "Liberation Serif", serif; background: var(--wash); border-radius: 6px; padding: 6px 10px; }
    .plain del { color: var(--soft); text-decoration-thickness: 1px; }
    .plain ins { text-decoration: none; font-weight: 600; }
    .near { color: var(--soft); font-size: 12px; }
    .who, .plain, .why { margin-bottom: 8px; }
    section > :last-child { margin-bottom: 0; }
    @media (forced-colors: active) { .card { border-color: CanvasText; } h2 { color: CanvasText; } }
  `;

  /** @type {HTMLElement | undefined} */
  let host;
  /** @type {HTMLElement | undefined} */
  let face;
  /** @type {PlacedMark[]} */
  let open = [];

  /** @param {string} key @param {...string} values */
  const word = (key, ...values) => api.i18n.getMessage(key, values);

  /** @param {string} name @param {string} [kind] @param {...(Node | string)} children */
  function element(name, kind = "", ...children) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...children);
    return made;
  }

  function build() {
    host = document.createElement("truthlens-card");
    host.popover = "manual";
    const shadow = host.attachShadow({ mode: "closed" });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      // Firefox may refuse sheets made by a content script.
      shadow.append(element("style", "", STYLE));
    }
    face = element("div", "card");
    face.setAttribute("role", "dialog");
    shadow.append(face);
    document.documentElement.append(host);
  }

  /** The span in its sentence, struck out, with what could stand there. @param {import("../lib/messages.js").Mark} mark */
  function rewording({ selector, wording, before, after }) {
    if (!wording) return [];
    const parts = [before, element("del", "", selector.exact)];
    if (wording.plainer) parts.push(" ", element("ins", "", wording.plainer));
    return [element("div", "plain", ...parts, after)];
  }

  /** @param {import("../lib/messages.js").Mark} mark */
  function account(mark) {
    const name = element(
      "h2",
      "",
      mark.title,
      element("span", "", `${mark.strength} · ${mark.score.toFixed(2)}`),
    );
    name.style.setProperty("--c", `var(--${mark.colour}, var(--other))`);
    const near = mark.similar.slice(0, 3).map((phrase) => word("card_phrase", phrase));
    const notes = [];
    if (near.length > 0) notes.push(word("card_similar", near.join(", ")));
    if (mark.wording?.lost) notes.push(word("card_lost", mark.wording.lost));
    return element(
      "section",
      "",
      name,
      element("p", "who", mark.whose),
      ...rewording(mark),
      element("p", "why", mark.message),
      ...notes.map((note) => element("p", "near", note)),
    );
  }

  /** Below the mark's line at the pointer, above it where there is no room. @param {DOMRect} line */
  function put(line) {
    if (!host || !face) return;
    const { width, height } = face.getBoundingClientRect();
    const left = Math.max(GAP, Math.min(line.left, innerWidth - width - GAP));
    const below = line.bottom + GAP;
    const fits = below + height + GAP <= innerHeight || line.top - GAP - height < GAP;
    host.style.left = `${left}px`;
    host.style.top = `${fits ? Math.min(below, Math.max(GAP, innerHeight - height - GAP)) : line.top - GAP - height}px`;
  }

  /** The line of a broken range that lies nearest to a height. @param {Range} range @param {number} y */
  function lineOf(range, y) {
    const lines = [...range.getClientRects()];
    const away = (/** @type {DOMRect} */ box) => Math.max(box.top - y, y - box.bottom, 0);
    return lines.reduce(
      (one, other) => (away(other) < away(one) ? other : one),
      lines[0] ?? range.getBoundingClientRect(),
    );
  }

  TL.card = {
    /**
     * @param {PlacedMark[]} items All under one point; at least one.
     * @param {number} y Where the pointer is, to pick the line of a mark that breaks.
     * @param {boolean} dark
     */
    show(items, y, dark) {
      const first = items[0];
      if (!first) return;
      if (!host?.isConnected) build();
      if (!host || !face) return;
      open = items;
      face.classList.toggle("dark", dark);
      face.setAttribute("aria-label", `${first.mark.title}: ${first.mark.selector.exact}`);
      face.replaceChildren(...items.map(({ mark }) => account(mark)));
      host.showPopover();
      put(lineOf(first.range, y));
    },

    hide() {
      open = [];
      if (host?.isConnected) host.hidePopover();
    },

    /** The numbers of the marks it tells about; none while it is closed. */
    numbers: () => open.map(({ mark }) => mark.number),

    /** @param {EventTarget | null} target */
    holds: (target) => host !== undefined && target === host,

    /** Whether a node is the card itself, which is no change of the page. @param {Node} node */
    is: (node) => node === host,
  };
})();
