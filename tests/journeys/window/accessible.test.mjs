// axe-core inside the real window, whose web view is not the browser of the other journeys.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { options, source, told } from "../support/axe.mjs";
import { PASSPHRASE, startWithRecords } from "../support/host.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { folders, openWindow } from "../support/webdriver.mjs";
import { wordsOf } from "../support/words.mjs";

/** What axe finds on the page that is open in the window. */
async function violations(window) {
  await window.script(
    // The content policy lets nothing be evaluated, so axe itself is part of the script that the driver carries in.
    `(options) => {
      if (!window.axe) {
        ${source}
      }
      window.axeFound = null;
      window.axe.run(document, options).then(
        ({ violations }) => (window.axeFound = violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) }))),
        (error) => (window.axeFound = [{ id: "axe itself", nodes: [{ html: "", failureSummary: String(error) }] }]),
      );
    }`,
    options(false),
  );
  return told(await window.found(`() => window.axeFound`, "axe's findings"));
}

test("window: unlock, home and a career page break no rule of WCAG", { timeout: 90_000 }, async () => {
  const t = wordsOf("en");
  const env = folders(temporaryFolder("waymark-window-axe-"));
  mkdirSync(env.TMPDIR, { recursive: true });
  const host = await startWithRecords({ home: join(env.XDG_DATA_HOME, "waymark"), sample: true, args: [] });
  await host.stop();
  const window = await openWindow(env);
  try {
    await window.heading(t("vault_unlock_title"));
    assert.deepEqual(await violations(window), [], "unlock");
    await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
    await window.click(await window.button(t("vault_unlock")));
    await window.found(`() => document.querySelector("nav a[aria-current=page]") !== null`, "home");
    await window.found(`() => document.querySelector("#home-sample") !== null`, "what home holds");
    assert.deepEqual(await violations(window), [], "home");
    await window.script(`() => { location.hash = "#/careers/backend-architect"; }`);
    await window.heading("Backend Architect");
    assert.deepEqual(await violations(window), [], "career page");
  } finally {
    await window.kill();
  }
});
