// Rules for the extension and its tests. Run from the repository's root, where both lie below the base path.

import js from "@eslint/js";
import nounsanitized from "eslint-plugin-no-unsanitized";
import globals from "globals";

export default [
  { ignores: ["**/node_modules/**"] },
  js.configs.recommended,
  nounsanitized.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-console": "error",
    },
  },
  {
    files: ["extension/**/*.js"],
    languageOptions: { globals: { ...globals.browser, ...globals.webextensions } },
    rules: {
      // All text of pages and of the service goes in as text.
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
          property,
          message: "Use textContent or panel/dom.js.",
        })),
      ],
    },
  },
  {
    // Reading the page's own markup is what collect.js is for; no-unsanitized still forbids writing any.
    files: ["extension/page/collect.js"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["extension/page/*.js"],
    languageOptions: { sourceType: "script" },
  },
  {
    files: ["extension/**/*.js"],
    ignores: ["extension/lib/service.js"],
    rules: {
      "no-restricted-globals": ["error", { name: "fetch", message: "Only lib/service.js fetches." }],
    },
  },
  {
    files: ["tests/extension/**/*.js"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
