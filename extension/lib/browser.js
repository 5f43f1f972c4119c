// The extension API under one name in both browsers. Nothing else lives here.

/** Firefox promises only on `browser`; Chromium has both names, and `chrome` alone before version 144. */
export const api = globalThis.browser ?? globalThis.chrome;
