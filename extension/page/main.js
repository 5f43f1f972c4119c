// The page's side of the conversation: hands over the HTML, places marks, keeps them placed while the page changes.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.main) return;
  TL.main = true;

  const api = globalThis.browser ?? globalThis.chrome;
  const SETTLE_MS = 150;
  /** Pages that never rest would otherwise have their whole text read again and again for a mark that is not there. */
  const RETRY_MS = 2000;
  /** Above this many characters, what no reader sees is left out, to stay below the service's 8 MiB. */
  const LIGHT = 2_000_000;

  /** @type {import("../lib/messages.js").Mark[]} */
  let marks = [];
  /** @type {PlacedMark[]} */
  let items = [];
  /** @type {import("../lib/messages.js").Hidden} */
  let hidden = { indicators: [], voices: [] };
  let visible = true;
  let timer = 0;
  let tried = 0;

  const observer = new MutationObserver((records) => {
    if (timer || records.every(isOwn)) return;
    timer = setTimeout(settle, SETTLE_MS);
  });

  /** @param {MutationRecord} record */
  function isOwn({ addedNodes, removedNodes, type }) {
    return type === "childList" && [...addedNodes, ...removedNodes].every(TL.card.is);
  }

  function settle() {
    timer = 0;
    const lost = items.some(({ range, words }) => range.toString() !== words);
    const missing = items.length < marks.length && Date.now() - tried > RETRY_MS;
    if (!lost && !missing) return;
    TL.pointer.close();
    const before = items.length;
    place();
    if (lost || items.length !== before) report();
  }

  function place() {
    tried = Date.now();
    const index = TL.text.index(document.body);
    const ranges = TL.anchor.place(
      index,
      marks.map((mark) => mark.selector),
    );
    items = marks.flatMap((mark, k) => {
      const range = ranges[k];
      return range ? [{ mark, range, words: range.toString() }] : [];
    });
    draw();
  }

  function draw() {
    if (visible) TL.paint.draw(items, hidden);
    else TL.paint.clear();
  }

  /** @returns {import("../lib/messages.js").Placed} */
  function placed() {
    const numbers = new Set(items.map(({ mark }) => mark.number));
    return {
      placed: [...numbers],
      unplaced: marks.map((mark) => mark.number).filter((number) => !numbers.has(number)),
      dark: isDark(),
      url: location.href,
    };
  }

  function report() {
    tell({ kind: "placed", visible, ...placed() });
  }

  /** @param {object} message */
  function tell(message) {
    // Rejects when nobody listens, throws when the extension was updated under the page: neither is the page's concern.
    try {
      api.runtime.sendMessage(message).catch(() => undefined);
    } catch {
      return;
    }
  }

  /** Whether the first mark, or else the page, stands on a dark ground. */
  function isDark() {
    const start = items[0]?.range.startContainer.parentElement ?? document.body;
    for (let element = /** @type {Element | null} */ (start); element; element = element.parentElement) {
      const ground = lightness(getComputedStyle(element).backgroundColor);
      if (ground !== null) return ground < 0.18;
    }
    // Nothing is painted, or in a notation unknown here: dark grounds have light letters.
    return (lightness(getComputedStyle(start).color) ?? 0) > 0.5;
  }

  /** Relative luminance 0..1; null for what is mostly transparent or not rgb. @param {string} colour */
  function lightness(colour) {
    const parts = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?\)$/.exec(colour);
    if (!parts || Number(parts[4] ?? 1) < 0.5) return null;
    const [red = 0, green = 0, blue = 0] = parts.slice(1, 4).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** Ends what an earlier check has left: its marks say nothing about what is read next. */
  function reset() {
    observer.disconnect();
    TL.pointer.close();
    TL.paint.clear();
    marks = [];
    items = [];
  }

  /** @returns {import("../lib/messages.js").Page} */
  function collect() {
    if (marks.length > 0) {
      reset();
      report();
    }
    let html = document.documentElement.outerHTML;
    if (html.length > LIGHT) html = lightened();
    return {
      url: location.href,
      title: document.title,
      type: document.contentType,
      html: `<!doctype html>${html}`,
    };
  }

  function lightened() {
    // A document without a window: nothing in it runs or loads.
    const copy = document.implementation.createHTMLDocument();
    const root = copy.importNode(document.documentElement, true);
    for (const element of root.querySelectorAll(
      "script, style, svg, template, iframe, noscript, truthlens-card",
    )) {
      if (element.getAttribute("type") !== "application/ld+json") element.remove();
    }
    for (const element of root.querySelectorAll("[style], [src^='data:'], [srcset]")) {
      for (const name of ["style", "src", "srcset"]) element.removeAttribute(name);
    }
    return root.outerHTML;
  }

  /** @param {import("../lib/messages.js").Selector} selector */
  function find(selector) {
    // The marks come along because they tell where, among equals, the article stands.
    const selectors = [selector, ...marks.map((mark) => mark.selector)];
    return TL.anchor.place(TL.text.index(document.body), selectors)[0] ?? null;
  }

  /** @type {Record<string, (message: any) => unknown>} */
  const answers = {
    ping: () => true,
    collect,
    show(message) {
      ({ marks, hidden, visible } = message);
      TL.pointer.close();
      TL.pointer.listen({ dark: isDark, chosen: (number) => tell({ kind: "mark_chosen", number }) });
      observer.disconnect();
      place();
      observer.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
      report();
      return placed();
    },
    visible(message) {
      ({ visible } = message);
      TL.pointer.close();
      draw();
      report();
      return placed();
    },
    filter(message) {
      ({ hidden } = message);
      TL.pointer.close();
      draw();
      return true;
    },
    flash({ number, selector }) {
      const range = selector ? find(selector) : items.find(({ mark }) => mark.number === number)?.range;
      if (!range || range.collapsed) return false;
      TL.paint.flash(range);
      return true;
    },
  };

  api.runtime.onMessage.addListener((message, _sender, respond) => {
    if (Object.hasOwn(answers, message.kind)) respond(answers[message.kind]?.(message));
    return undefined;
  });

  // A page kept for the back button would come back painted, with nobody knowing of it.
  addEventListener("pagehide", reset);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => marks.length > 0 && report());
})();
