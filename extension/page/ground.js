// Whether the article stands on a dark ground, and when that changes.

(() => {
  const TL = (globalThis.TruthLens ??= /** @type {TruthLensPage} */ ({}));
  if (TL.ground) return;

  /** Themes are switched by a class or an attribute of the root; their transition may take a moment. */
  const SETTLE_MS = 400;

  let timer = 0;
  let watching = false;

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

  TL.ground = {
    /** @param {Range | undefined} range The first mark; without one the body counts. */
    isDark(range) {
      const start = (range && TL.anchor.elementOf(range.startContainer)) ?? document.body;
      for (
        let element = /** @type {Element | null} */ (start);
        element;
        element = TL.anchor.elementOf(element)
      ) {
        const ground = lightness(getComputedStyle(element).backgroundColor);
        if (ground !== null) return ground < 0.18;
      }
      // Nothing is painted, or in a notation unknown here: dark grounds have light letters.
      return (lightness(getComputedStyle(start).color) ?? 0) > 0.5;
    },

    /** Calls back after the page's theme may have changed. Once for all. @param {() => void} callback */
    watch(callback) {
      if (watching) return;
      watching = true;
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(callback, SETTLE_MS);
      };
      for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
        matchMedia(query).addEventListener("change", later);
      }
      const observer = new MutationObserver(later);
      for (const element of [document.documentElement, document.body]) {
        observer.observe(element, { attributes: true });
      }
    },
  };
})();
