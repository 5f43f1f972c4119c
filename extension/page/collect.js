// The page's HTML as the service is to read it: what the reader sees, with shadow roots and frames where they are shown.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (Object.hasOwn(TL, "collect")) return;

  /** Above this many characters, what no reader sees is left out, to stay below the service's 8 MiB. */
  const LIGHT = 2_000_000;
  const UNSEEN = "script, style, svg, template, iframe, noscript, truthlens-card, truthlens-layer";

  /** Whether there is text that the markup of the document itself does not hold. @returns {boolean} */
  const isNested = () =>
    [...document.querySelectorAll("*")].some(
      (element) => TL.text.rootOf(element) !== null || TL.text.documentIn(element) !== null,
    );

  /** A document without a window: nothing in it runs or loads. */
  const inert = () => document.implementation.createHTMLDocument();

  /** @param {Element} root */
  function lighten(root) {
    for (const element of root.querySelectorAll(UNSEEN)) {
      if (element.getAttribute("type") !== "application/ld+json") element.remove();
    }
    for (const element of root.querySelectorAll("[style], [src^='data:'], [srcset]")) {
      for (const name of ["style", "src", "srcset"]) element.removeAttribute(name);
    }
    return root;
  }

  /** A copy in which shadow roots and frames have become ordinary elements. @param {Node} node @param {Document} copy @returns {Node} */
  function flatten(node, copy) {
    if (node.nodeType !== 1) return copy.importNode(node, false);
    const element = /** @type {Element} */ (node);
    // Hosts have names that no extractor knows; blocks are what they mostly are, and what frames are.
    const isFramed = TL.text.documentIn(element) !== null || element.ownerDocument.body === element;
    const isOpened = TL.text.rootOf(element) !== null || (isFramed && element !== document.body);
    const made =
      element.tagName === "SLOT"
        ? copy.createDocumentFragment()
        : isOpened
          ? copy.createElement("div")
          : copy.importNode(element, false);
    TL.text.each(element, (child) => {
      const isStyle = child.nodeName === "STYLE" && child.getRootNode() !== document;
      if (!isStyle) made.appendChild(flatten(child, copy));
    });
    return made;
  }

  /** @returns {string} */
  function html() {
    const root = document.documentElement;
    let whole = isNested() ? /** @type {Element} */ (flatten(root, inert())) : root;
    let markup = whole.outerHTML;
    if (markup.length > LIGHT) {
      if (whole === root) whole = inert().importNode(root, true);
      markup = lighten(whole).outerHTML;
    }
    return `<!doctype html>${markup}`;
  }

  /** @param {boolean} selection @returns {import("../lib/messages.js").Page} */
  TL.collect = (selection = false) => ({
    url: location.href,
    title: document.title,
    type: document.contentType,
    html: selection ? "" : html(),
    selected: selection ? String(document.getSelection() ?? "").trim() : "",
  });
})();
