// Hues and faces that card and layer share, and the sheet of a closed shadow root.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.look) return;

  /** Rules of the page may name our hosts, or every element: `!important` here is stronger than anything of theirs. */
  const HOST = `
    :host { all: initial !important; display: block !important; pointer-events: none !important; margin: 0 !important; padding: 0 !important;
      border: 0 !important; background: none !important; overflow: visible !important; width: 0 !important; height: 0 !important; }
    @media print { :host { display: none !important; } }
    .light { --paper: #fff; --ink: #1d1c1a; --soft: #5e5a52; --rule: #e4e0d7; --wash: #f2efe8; --link: #3b4cc0; --shade: rgb(0 0 0 / .16); --tint: 12%;
      --loaded: #a65600; --name: #b3125f; --exaggeration: #0a7570; --doubt: #5a3fd0; --fear: #1f66b8; --vague: #56616b; --other: #6b5d4d; }
    .dark { --paper: #1f1f23; --ink: #ece9e2; --soft: #b3aea3; --rule: #34343a; --wash: #26262b; --link: #a9b4ff; --shade: rgb(0 0 0 / .5); --tint: 18%;
      --loaded: #ffb25a; --name: #ff85ba; --exaggeration: #5fd0c5; --doubt: #b6a4ff; --fear: #8db4ff; --vague: #aab6c0; --other: #cbbba6; }
  `;

  /** Bidi controls and other characters without a look, as in lib/plain.js. */
  const TURNING =
    // eslint-disable-next-line no-control-regex -- they are what is meant
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

  TL.look = {
    ui: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
    read: '"Iowan Old Style", "Palatino Linotype", Georgia, "Liberation Serif", serif',

    /** The colour of a slot as a value of CSS; lib/slots.js has checked the name. @param {string} slot */
    hue: (slot) => `var(--${slot}, var(--other))`,

    /**
     * @param {HTMLElement} host
     * @param {string} style Added to what all hosts have.
     * @returns {ShadowRoot} Closed: neither styles nor scripts of the page reach into it.
     */
    enclose(host, style) {
      const shadow = host.attachShadow({ mode: "closed" });
      try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(HOST + style);
        shadow.adoptedStyleSheets = [sheet];
      } catch {
        // Firefox may refuse sheets made by a content script.
        shadow.append(TL.look.element("style", "", HOST + style));
      }
      return shadow;
    },

    /** @param {string} name @param {string} [kind] @param {...(Node | string)} children */
    element(name, kind = "", ...children) {
      const made = document.createElement(name);
      if (kind) made.className = kind;
      // What the page says stands among our own words: none of it may turn them round.
      made.append(
        ...children.map((child) => (typeof child === "string" ? child.replace(TURNING, "") : child)),
      );
      return made;
    },
  };
})();
