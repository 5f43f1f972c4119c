// Notices when the page changes and has the marks placed anew, in time but never at the page's expense: a burst of
// changes is one pass, long passes are paid for with longer rests, and fruitless ones grow rare.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.watch) return;

  /** From the first change of a burst to the pass: short enough not to be noticed, also on pages that never rest. */
  const SETTLE_MS = 150;
  /** A pass up to this long is free; the rest of it costs … */
  const FREE_MS = 20;
  /** … so many times as much rest: at most about a tenth of the time goes into passes. */
  const REST = 9;
  /** Between two passes that only look for marks that are not there; doubled after each that finds none, up to … */
  const RETRY_MS = 2000;
  const LONGEST_MS = 64_000;
  /** Shadow roots may be filled without a change that we see: so often it is tried unasked. */
  const UNASKED = 4;
  const CHANGES = {
    childList: true,
    characterData: true,
    subtree: true,
    attributeFilter: ["hidden", "aria-hidden"],
  };

  /** @type {Watched | undefined} */
  let page;
  let timer = 0;
  let due = Infinity;
  /** No pass before this. */
  let rested = 0;
  /** No pass for missing marks before this. */
  let retry = 0;
  let patience = RETRY_MS;
  let unasked = 0;
  /** @type {WeakSet<Node>} */
  let observed = new WeakSet();
  /** Frames tell of another document by loading it, not by a change of ours. */
  const loaded = (/** @type {Event} */ { target }) => {
    if (/** @type {Element} */ (target).tagName === "IFRAME") plan(Math.max(Date.now() + SETTLE_MS, rested));
  };

  const isOwn = (/** @type {Node} */ node) => TL.card.is(node) || TL.layer.is(node);

  const observer = new MutationObserver((records) => {
    const isNews = records.some(
      ({ type, addedNodes, removedNodes }) =>
        type !== "childList" || ![...addedNodes, ...removedNodes].every(isOwn),
    );
    if (isNews) plan(Math.max(Date.now() + SETTLE_MS, rested));
  });

  /** @param {number} at In milliseconds since 1970. A sooner plan stays. */
  function plan(at) {
    if (due <= at) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(pass, Math.max(0, at - Date.now()));
  }

  function pass() {
    due = Infinity;
    if (!page) return;
    const state = page.state();
    TL.layer.renew();
    if (state === "whole") return;
    const now = Date.now();
    if (state === "missing" && now < retry) return plan(retry);
    const started = performance.now();
    const isBetter = page.place();
    rested = now + Math.max(0, performance.now() - started - FREE_MS) * REST;
    patience = isBetter || state === "lost" ? RETRY_MS : Math.min(patience * 2, LONGEST_MS);
    retry = Date.now() + patience;
    askAgain();
  }

  function askAgain() {
    if (unasked <= 0 || page?.state() !== "missing") return;
    unasked -= 1;
    plan(Math.max(retry, rested));
  }

  TL.watch = {
    /** @param {Watched} watched */
    begin(watched) {
      TL.watch.end();
      page = watched;
      patience = RETRY_MS;
      retry = Date.now() + patience;
      unasked = UNASKED;
      observer.observe(document.documentElement, CHANGES);
      document.addEventListener("load", loaded, { capture: true, passive: true });
      askAgain();
    },

    /** Observes shadow roots and frames as well, whose changes the document does not tell. @param {Node[]} roots */
    include(roots) {
      for (const root of roots) {
        if (observed.has(root)) continue;
        observed.add(root);
        observer.observe(root, CHANGES);
      }
    },

    end() {
      observer.disconnect();
      document.removeEventListener("load", loaded, { capture: true });
      observed = new WeakSet();
      clearTimeout(timer);
      due = Infinity;
      page = undefined;
    },
  };
})();
