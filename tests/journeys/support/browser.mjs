// Chromium, and pages that fail their test on anything a page must not do: break the content policy, throw, write an
// error to the console, or ask anybody but the test host.
import assert from "node:assert/strict";
import { chromium as playwright } from "playwright-core";
import { chromium } from "./places.mjs";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Longer than anything takes on a slow machine, shorter than anybody waits. */
const PATIENCE = 15_000;

export const launch = () => playwright.launch({ executablePath: chromium, args: ARGUMENTS });

/**
 * Opens a page of the host. `faults` gathers what it did wrong; `close` fails the test if there is any.
 * A refusal (422) is an answer; the browser's own line about it is no fault.
 */
export async function openPage(
  browser,
  host,
  { at = "", width = 1360, height = 860, locale = "en-US", ...more } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 1,
    locale,
    reducedMotion: "reduce",
    acceptDownloads: true,
    ...more,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = [];
  const allowed = [/status of 422/];
  const note = (kind, text) =>
    allowed.some((pattern) => pattern.test(text)) || faults.push(`${kind}: ${text}`);
  await page.exposeFunction("waymarkPolicyFault", (text) => note("content policy", text));
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) =>
      window.waymarkPolicyFault(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      ),
    ),
  );
  page.on("console", (message) => message.type() === "error" && note("console", message.text()));
  page.on("pageerror", (error) => note("page error", error.stack ?? error.message));
  page.on("dialog", (dialog) => {
    if (dialog.type() !== "beforeunload") note("dialog", dialog.message());
    void dialog.accept();
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== host.origin && protocol !== "blob:") note("request", request.url());
  });
  await page.goto(`${host.address}#/${at}`);
  return {
    page,
    context,
    faults,
    /** Lets a fault pass that the test itself causes. */
    expectFault: (pattern) => allowed.push(pattern),
    /** Goes to another page of the product. */
    go: (to) => page.evaluate((address) => void (location.hash = `#/${address}`), to),
    async close() {
      await context.close();
      assert.deepEqual(faults, [], "the page did something that it must not do");
    },
  };
}
