// axe-core on the page as it stands: WCAG 2 A and AA, 2.1 and 2.2 included.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** Options of a run: every rule, or those about colours alone, which no other language changes. */
export const options = (colours) => ({
  runOnly: colours
    ? { type: "rule", values: ["color-contrast", "link-in-text-block"] }
    : { type: "tag", values: TAGS },
  resultTypes: ["violations"],
});

/** What axe found, a line for each place. */
export const told = (violations) =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replace(/\s+/g, " ")}`,
    ),
  );

/** Finds what a page of Chromium breaks. */
export async function violations(page, { colours = false } = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return told(
    await page.evaluate(
      async (chosen) => (await window.axe.run(document, chosen)).violations,
      options(colours),
    ),
  );
}

/** Fails where a page breaks anything. */
export async function accessible(page, name, how) {
  assert.deepEqual(await violations(page, how), [], `${name} breaks WCAG`);
}
