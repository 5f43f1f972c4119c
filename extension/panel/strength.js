// How strong a mark must be to be shown: a slider of three steps. The step is a setting, which pages follow as well.

import { STRENGTHS } from "../lib/marks.js";
import { word } from "../lib/words.js";
import { el } from "./dom.js";

/** @typedef {keyof typeof STRENGTHS} Floor */

/** The strongest first: each step adds weaker ones. */
const STEPS = /** @type {Floor[]} */ (Object.keys(STRENGTHS));

/** @param {(floor: Floor) => void} changed */
export function strengthSlider(changed) {
  const said = el("output", { for: "strength", "data-testid": "strength_said" });
  const slider = el("input", {
    id: "strength",
    type: "range",
    min: 0,
    max: STEPS.length - 1,
    step: 1,
    "data-testid": "strength",
    oninput: () => {
      say();
      changed(chosen());
    },
  });
  const chosen = () => STEPS[Number(slider.value)] ?? "slight";

  function say() {
    said.textContent = word(`strengths_${chosen()}`);
    slider.setAttribute("aria-valuetext", said.textContent);
  }

  return {
    node: el("div", { class: "strength" }, el("label", { for: "strength" }, word("strength")), slider, said),
    /** @param {Floor} floor */
    set(floor) {
      slider.value = String(STEPS.indexOf(floor));
      say();
    },
  };
}
