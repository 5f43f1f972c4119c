// What can be plotted of the reader's reading: one number for each article, with its unit. Pure.

import { word } from "../lib/words.js";

/** @import { Figures, LibraryLine } from "../lib/messages.js" */

/**
 * @typedef {object} Measure
 * @property {string} key
 * @property {string} name In the list of measures.
 * @property {string} unit Over the plots.
 * @property {string} column Of the tables, where its median stands.
 * @property {(line: LibraryLine) => number | null} valueOf null for an article that has none.
 */

const THEME = "theme:";

/**
 * Those for which there is at least one article.
 *
 * @param {LibraryLine[]} lines
 * @param {Figures[]} figures Of the same reports, as far as they were asked for.
 * @returns {Measure[]} Loading comes first.
 */
export function measuresOf(lines, figures) {
  const known = new Map(figures.map((one) => [one.id, one]));
  /** @param {(found: Figures) => number | null} value @returns {Measure["valueOf"]} */
  const from = (value) => (line) => {
    const found = known.get(line.id);
    return found ? value(found) : null;
  };
  /** @type {Measure[]} */
  const all = [
    measure("loading", ({ words, own_findings }) => (words === 0 ? null : (100 * own_findings) / words)),
    measure(
      "named",
      from(({ named }) => named),
    ),
    measure(
      "unnamed",
      from(({ named, unnamed }) => share(unnamed, (named ?? 0) + (unnamed ?? 0))),
    ),
    ...themesIn(lines, known).map((label) => ({
      key: `${THEME}${label}`,
      name: word("library_measure_theme", label),
      unit: word("library_unit_theme", label),
      column: word("library_median_percent"),
      valueOf: from(({ themes, sentences }) =>
        share(themes.find((theme) => theme.label === label)?.all ?? 0, sentences),
      ),
    })),
  ];
  return all.filter(({ key, valueOf }) => key === "loading" || lines.some((line) => valueOf(line) !== null));
}

/** Words by key: name, unit, column. */
const WORDS = /** @type {const} */ ({
  loading: ["library_measure_loading", "library_unit_loading", "library_median"],
  named: ["library_measure_named", "library_unit_named", "library_median_count"],
  unnamed: ["library_measure_unnamed", "library_unit_unnamed", "library_median_percent"],
});

/** @param {keyof typeof WORDS} key @param {Measure["valueOf"]} valueOf @returns {Measure} */
function measure(key, valueOf) {
  const [name, unit, column] = WORDS[key];
  return { key, name: word(name), unit: word(unit), column: word(column), valueOf };
}

/** In percent; null where there is nothing to share. @param {number | null} part @param {number} whole */
const share = (part, whole) => (part === null || whole === 0 ? null : (100 * part) / whole);

/** The commonest first. @param {LibraryLine[]} lines @param {Map<string, Figures>} known */
function themesIn(lines, known) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { id } of lines) {
    for (const { label } of known.get(id)?.themes ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts]
    .sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]))
    .map(([label]) => label);
}
