// How the message files become functions: said once, for the build, the checks and the tests.
// The language is held by the pages themselves (src/shared/language.svelte.ts); nothing is kept in the browser.
export const messages = {
  project: "./project.inlang",
  outdir: "./src/generated/messages",
  outputStructure: /** @type {const} */ ("locale-modules"),
  strategy: /** @type {["globalVariable", "baseLocale"]} */ (["globalVariable", "baseLocale"]),
  disableAsyncLocalStorage: true,
  cleanOutdir: false,
  emitReadme: false,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
  emitTsDeclarations: true,
};

/** Where the words lie, one folder a language. */
export const words = "../data/messages";
