// Which versions of everything work together here.

import { api } from "../lib/browser.js";
import { API, versions } from "../lib/service.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { asked } from "./asked.js";

/** Characters of a digest; the whole stands in its tip. */
const SHORT = 12;

/** @param {HTMLElement} place @returns {() => Promise<void>} Asks the service and shows. */
export function versionsShown(place) {
  const own = [
    row(word("options_version_extension"), api.runtime.getManifest().version),
    row("API", String(API)),
  ];
  const rest = el("div");
  place.replaceChildren(el("dl", { class: "versions", "data-testid": "versions" }, ...own), rest);
  return asked(rest, async () => {
    const { truthlens, parts } = await versions();
    return [
      el(
        "dl",
        { class: "versions", "data-testid": "versions_service" },
        row(word("options_version_service"), truthlens),
        ...Object.entries(parts)
          .filter(([name]) => name !== "truthlens")
          .map(([name, version]) => row(name.replaceAll("_", " "), version)),
      ),
    ];
  });
}

/** @param {string} name @param {string} version */
function row(name, version) {
  const isLong = version.length > SHORT && /^[0-9a-f]+$/.test(version);
  const shown = isLong ? `${version.slice(0, SHORT)}…` : version;
  return el("div", {}, el("dt", {}, name), el("dd", { title: isLong ? version : undefined }, shown));
}
