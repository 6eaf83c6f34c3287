import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

// The directions between the rooms: platform knows how calls travel, shared knows no area, no area knows another.
const areas = ["careers", "students", "applications", "vault", "home", "settings"];
const tauri = { group: ["@tauri-apps/*"], message: "Only src/platform knows the window." };

/** Forbids what `patterns` name, beside the window's own packages. */
const forbid = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { "no-restricted-imports": ["error", { patterns: [tauri, ...patterns] }] },
});

const directions = [
  forbid(["src/**/*.{ts,svelte}"], [], ["src/platform/**"]),
  forbid(
    ["src/shared/**/*.{ts,svelte}"],
    [{ regex: `(^|/)(${areas.join("|")})(/|$)`, message: "Shared parts know no area." }],
  ),
  ...areas.map((area) =>
    forbid(
      [`src/${area}/**/*.{ts,svelte}`],
      [
        {
          regex: `^(\\.\\./)+(${areas.filter((other) => other !== area).join("|")})(/|$)`,
          message: "An area does not import another area; what two areas need belongs in src/shared.",
        },
      ],
    ),
  ),
  {
    files: ["src/platform/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^\\.\\./(?!generated/)", message: "The platform imports nothing but the contract." },
          ],
        },
      ],
    },
  },
];

// What no page may keep or do: the content policy and the promise of one encrypted file.
const nothingKept = ["localStorage", "sessionStorage", "indexedDB"].map((name) => ({
  name,
  message: "Nothing is kept in the browser: settings are an operation.",
}));

export default ts.config(
  { ignores: ["dist/", "dist-devhost/", "src/generated/", "project.inlang/"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-undef": "off",
      "no-restricted-globals": ["error", ...nothingKept],
      "no-console": "error",
      eqeqeq: "error",
      // What holds state here is replaced as a whole, never changed in place.
      "svelte/prefer-svelte-reactivity": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ["**/*.svelte"],
    rules: {
      "svelte/no-at-html-tags": "error",
      "svelte/no-useless-mustaches": "off",
      // The content policy lets no style attribute through; `style:name={…}` goes another way and is allowed.
      "no-restricted-syntax": [
        "error",
        { selector: "SvelteAttribute[key.name='style']", message: "Use a class or style:name={…}." },
        {
          selector: "SvelteDirective[kind='Transition']",
          message: "No transitions: the content policy forbids their styles.",
        },
      ],
      "svelte/button-has-type": "error",
      "svelte/no-target-blank": "error",
    },
  },
  { files: ["*.js", "scripts/*.js", "vite.config.ts"], languageOptions: { globals: { ...globals.node } } },
  ...directions,
);
