// The text of a page as readers see it, with the place in the DOM behind every character: shadow roots, open or
// closed, and frames of the page's own origin stand where they are shown. Knows no marks.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.text) return;

  const api = globalThis.browser ?? globalThis.chrome;

  const SKIPPED = new Set(
    "SCRIPT STYLE NOSCRIPT TEMPLATE TEXTAREA SELECT OPTION IFRAME OBJECT CANVAS AUDIO VIDEO SVG TRUTHLENS-CARD TRUTHLENS-LAYER".split(
      " ",
    ),
  );
  /** UTF-16 units; a page that scrolls without end is indexed as far as this. Ten times the longest articles. */
  const CEILING = 3_000_000;
  // By name: asking every element for its computed style costs a second on long pages.
  const BLOCKS = new Set(
    (
      "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY BR CAPTION DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE " +
      "FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT " +
      "TH THEAD TR UL"
    ).split(" "),
  );
  /** Besides elements with a name of their own, these alone may have a shadow root: the standard's list. */
  const HOSTS = new Set(
    "ARTICLE ASIDE BLOCKQUOTE BODY DIV FOOTER H1 H2 H3 H4 H5 H6 HEADER MAIN NAV P SECTION SPAN".split(" "),
  );
  /** Characters. A frame with less is a widget or an advertisement, which is no part of the article. */
  const FRAMED = 600;
  /** Pixels: the smallest frame in which anybody would read. */
  const READABLE = { width: 200, height: 100 };
  const SPACE = /\s/;
  const MARK = /^\p{M}+$/u;
  /** Soft hyphen, zero-width characters, bidi controls: they are in the page, never in a quotation. */
  const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

  /** @type {Map<string, string>} */
  const folded = new Map();

  /**
   * One character outside ASCII without what pages and extractors write differently: accents composed or not,
   * typographic quotes and dashes, ligatures. "" for what is not seen.
   *
   * @param {string} character
   */
  function fold(character) {
    let known = folded.get(character);
    if (known === undefined) {
      known = character
        .replace(/[\u2018-\u201b\u2032\u00b4]/g, "'")
        .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
        .replace(/[\u2010-\u2015\u2212]/g, "-")
        .normalize("NFKD")
        .replace(INVISIBLE, "")
        .replace(/[\p{M}\s]/gu, "");
      folded.set(character, known);
    }
    return known;
  }

  /** Collects folded text; `nodes[k]`, `starts[k]`, `ends[k]` say where its unit k stands. */
  class Sink {
    /** @type {string[]} */
    pieces = [];
    /** @type {(Text | null)[]} */
    nodes = [];
    /** @type {number[]} */
    starts = [];
    /** @type {number[]} */
    ends = [];
    /** Shadow roots that were passed. @type {ShadowRoot[]} */
    roots = [];
    /** Documents of frames that were passed. @type {Document[]} */
    documents = [];
    /** Frames that were passed over, since another site's scripts alone may look into them. */
    foreign = 0;
    pending = "";

    /** @param {string} units @param {Text | null} node @param {number} start @param {number} end */
    put(units, node, start, end) {
      const all = this.pending + units;
      this.pending = "";
      this.pieces.push(all);
      for (let k = 0; k < all.length; k += 1) {
        this.nodes.push(node);
        this.starts.push(start);
        this.ends.push(end);
      }
    }

    /** @param {string} data @param {Text | null} node */
    add(data, node) {
      for (let at = 0; at < data.length;) {
        const character = String.fromCodePoint(/** @type {number} */ (data.codePointAt(at)));
        const end = at + character.length;
        if (SPACE.test(character)) this.pending ||= " ";
        else {
          const units = character < "\u0080" ? character : fold(character);
          if (units) this.put(units, node, at, end);
          else if (MARK.test(character)) this.stretch(node, end);
        }
        at = end;
      }
    }

    /** A combining mark belongs to the letter before it. @param {Text | null} node @param {number} end */
    stretch(node, end) {
      const last = this.ends.length - 1;
      if (last >= 0 && !this.pending && this.nodes[last] === node) this.ends[last] = end;
    }
  }

  /** @param {Element} element */
  function isSkipped(element) {
    return (
      SKIPPED.has(element.tagName.toUpperCase()) ||
      element.hasAttribute("hidden") ||
      element.getAttribute("aria-hidden") === "true"
    );
  }

  /**
   * The shadow root of an element, closed ones too: readers see what is within, and extensions may ask. null without
   * one, and for elements of ours.
   *
   * @param {Element} element
   * @returns {ShadowRoot | null}
   */
  function rootOf(element) {
    if (element.shadowRoot) return element.shadowRoot;
    const name = element.tagName.toUpperCase();
    if (SKIPPED.has(name) || !(HOSTS.has(name) || name.includes("-"))) return null;
    if (api.dom) return api.dom.openOrClosedShadowRoot(/** @type {HTMLElement} */ (element));
    return element.openOrClosedShadowRoot ?? null; // Firefox's own, seen by extensions only
  }

  /**
   * The document within a frame, where it is the page's own and long enough to be an article; else null.
   *
   * @param {Element} element
   * @returns {Document | null}
   */
  function documentIn(element) {
    if (element.tagName.toUpperCase() !== "IFRAME") return null;
    // null for another origin. Empty frames that scripts fill are of ours as well: advertisements, mostly.
    const inner = /** @type {HTMLIFrameElement} */ (element).contentDocument;
    const isOwn = inner && (inner.URL === "about:srcdoc" || inner.URL.startsWith(`${location.origin}/`));
    return isOwn && (inner.body?.textContent ?? "").length >= FRAMED ? inner : null;
  }

  /** Whether it is a frame of another site that is large enough to be read. @param {Element} element */
  function isForeign(element) {
    if (element.tagName.toUpperCase() !== "IFRAME") return false;
    const { contentDocument, clientWidth, clientHeight } = /** @type {HTMLIFrameElement} */ (element);
    return contentDocument === null && clientWidth >= READABLE.width && clientHeight >= READABLE.height;
  }

  /**
   * Passes the children as they are shown: of a shadow root instead of its host's own, of a slot what is put there, of
   * a frame the body within.
   *
   * @param {Element} element
   * @param {(child: Node) => void} pass
   * @param {ShadowRoot | null} [root] Its shadow root, for callers who know it.
   */
  function each(element, pass, root = rootOf(element)) {
    const put = element.tagName === "SLOT" ? /** @type {HTMLSlotElement} */ (element).assignedNodes() : [];
    if (put.length > 0) return put.forEach(pass);
    const inner = documentIn(element);
    if (inner) return pass(inner.body);
    for (let child = (root ?? element).firstChild; child; child = child.nextSibling) pass(child);
  }

  /** @param {Node} node @param {Sink} sink */
  function visit(node, sink) {
    if (sink.nodes.length > CEILING) return;
    if (node.nodeType === 3) sink.add(/** @type {Text} */ (node).data, /** @type {Text} */ (node));
    if (node.nodeType !== 1) return;
    const inner = documentIn(/** @type {Element} */ (node));
    if (inner) {
      sink.documents.push(inner);
      return visit(inner.body, sink);
    }
    if (isSkipped(/** @type {Element} */ (node))) {
      if (isForeign(/** @type {Element} */ (node))) sink.foreign += 1;
      return;
    }
    const isBlock = BLOCKS.has(/** @type {Element} */ (node).tagName.toUpperCase());
    if (isBlock) sink.pending = "\n";
    const root = rootOf(/** @type {Element} */ (node));
    if (root) sink.roots.push(root);
    each(/** @type {Element} */ (node), (child) => visit(child, sink), root);
    if (isBlock) sink.pending = "\n";
  }

  TL.text = {
    /**
     * The folded text below `root`: white space collapsed to one blank, "\n" between blocks.
     *
     * @param {Element} root
     */
    index(root) {
      const sink = new Sink();
      visit(root, sink);
      sink.pending = "";
      const { nodes, starts, ends, roots, documents, foreign } = sink;
      return { text: sink.pieces.join(""), nodes, starts, ends, roots, documents, foreign };
    },

    each,
    rootOf,
    documentIn,

    /**
     * A quotation in the form of the index; white space at its ends is kept as one blank.
     *
     * @param {string} string
     */
    fold(string) {
      const sink = new Sink();
      sink.add(string, null);
      return sink.pieces.join("") + sink.pending;
    },
  };
})();
