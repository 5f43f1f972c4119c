// Which kinds of wording are marked at all: the service's own list, each to be switched off and on.

import { ignore, readIgnored, restore } from "../lib/ignored.js";
import { slotOf } from "../lib/slots.js";
import { catalogue } from "../lib/service.js";
import { el } from "../panel/dom.js";
import { asked } from "./asked.js";

/** @param {HTMLElement} place */
export function indicatorOptions(place) {
  /** @type {{key: string, box: HTMLInputElement}[]} */
  let boxes = [];

  const ask = asked(place, async () => {
    const { indicators } = await catalogue();
    boxes = [];
    const items = indicators.map((indicator) => {
      const { key, title, describes, colour } = indicator;
      const box = el("input", {
        type: "checkbox",
        id: `indicator-${key}`,
        "data-testid": `indicator_${key}`,
      });
      box.addEventListener("change", () => {
        const change = box.checked ? restore : ignore;
        void change("indicators", { key, title });
      });
      boxes.push({ key, box });
      return el(
        "li",
        {},
        el(
          "label",
          { class: "check", for: box.id },
          box,
          el("span", { class: "swatch", "data-slot": slotOf(colour), "aria-hidden": "true" }),
          el("b", {}, title),
        ),
        el("p", {}, describes),
      );
    });
    await tick();
    return [el("ul", { class: "indicators" }, ...items)];
  });

  async function tick() {
    const off = new Set((await readIgnored()).indicators.map(({ key }) => key));
    for (const { key, box } of boxes) box.checked = !off.has(key);
  }

  return {
    /** Asks the service anew. */
    ask,
    /** Shows what is switched off now. */
    tick,
  };
}
