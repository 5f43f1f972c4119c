// The reader's theme and density on the extension's own pages. Their sheets do the rest.

import { api } from "./browser.js";
import { readSettings } from "./settings.js";

/** Sets both on the document, now and whenever they change. */
export async function keepAppearance() {
  api.storage.local.onChanged.addListener((changes) => {
    if ("theme" in changes || "density" in changes) void dress();
  });
  await dress();
}

async function dress() {
  const { theme, density } = await readSettings();
  const { dataset } = document.documentElement;
  dataset["theme"] = theme;
  dataset["density"] = density;
}
