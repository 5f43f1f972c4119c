// Which colour an indicator's slot has on light and on dark pages, and which line a voice has. The service names
// slots; it never sends a colour or a declaration.

/** @import { Mark } from "./messages.js" */
/** @import { Settings } from "./settings.js" */

/** Light, dark: the values of panel.css. Told apart by colour-blind readers; each also has its name in words. */
const SLOTS = /** @type {Readonly<Record<string, readonly [string, string]>>} */ (
  Object.freeze({
    loaded: ["166 86 0", "255 178 90"],
    name: ["179 18 95", "255 133 186"],
    exaggeration: ["10 117 112", "95 208 197"],
    doubt: ["90 63 208", "182 164 255"],
    fear: ["31 102 184", "141 180 255"],
    vague: ["86 97 107", "170 182 192"],
    other: ["107 93 77", "203 187 166"],
  })
);

const LINES = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({ own: "solid", quote: "dotted", attributed: "dashed", headline: "double" })
);

/** Light, dark. The line alone still says whose words they are, and its colour which indicator. */
const TINTS = /** @type {Readonly<Record<Settings["markStyle"], readonly [string, string]>>} */ (
  Object.freeze({ line_and_tint: ["12%", "18%"], line: ["0%", "0%"], strong: ["26%", "34%"] })
);

/** The slot as the extension knows it; unknown ones are "other". */
export function slotOf(/** @type {string} */ colour) {
  return Object.hasOwn(SLOTS, colour) ? colour : "other";
}

/**
 * The name under which the page paints an indicator in one voice; "" when either is not a plain key, since the
 * name becomes part of a selector.
 *
 * @param {string} indicator
 * @param {string} voice
 */
export function highlightName(indicator, voice) {
  if (!/^[a-z][a-z0-9_]*$/.test(indicator) || !Object.hasOwn(LINES, voice)) return "";
  return `truthlens-${indicator}-${voice}`;
}

/**
 * The sheet that paints these marks; "" without any. It holds for screens only, so that printing leaves the page
 * as the outlet made it.
 *
 * @param {Mark[]} marks
 * @param {boolean} dark
 * @param {Settings["markStyle"]} [style]
 */
export function sheetFor(marks, dark, style = "line_and_tint") {
  /** @type {Map<string, string>} */
  const rules = new Map();
  for (const mark of marks) {
    const name = highlightName(mark.indicator, mark.voice);
    if (!name) continue;
    const colour = SLOTS[slotOf(mark.colour)]?.[dark ? 1 : 0];
    const tint = TINTS[style][dark ? 1 : 0];
    const width = style === "strong" ? "3px" : "2px";
    rules.set(
      name,
      `::highlight(${name}) { background-color: rgb(${colour} / ${tint}); ` +
        `text-decoration: underline ${LINES[mark.voice]} rgb(${colour}) ${width}; text-underline-offset: 3px; ` +
        "text-decoration-skip-ink: none; }",
    );
  }
  if (rules.size === 0) return "";
  return `@media screen {\n${[...rules.values()].sort().join("\n")}\n}`;
}
