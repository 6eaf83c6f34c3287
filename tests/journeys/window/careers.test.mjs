// Careers in the real window: browsed and filtered, and compared.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PASSPHRASE, startWithRecords } from "../support/host.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { folders, openWindow } from "../support/webdriver.mjs";
import { wordsOf } from "../support/words.mjs";

/** A window whose records are made and unlocked; `body` gets it, and it is ended whatever happens. */
async function unlocked(t, body) {
  const env = folders(temporaryFolder("waymark-window-careers-"));
  mkdirSync(env.TMPDIR, { recursive: true });
  const host = await startWithRecords({ home: join(env.XDG_DATA_HOME, "waymark"), args: [] });
  await host.stop();
  const window = await openWindow(env);
  try {
    await window.heading(t("vault_unlock_title"));
    await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
    await window.click(await window.button(t("vault_unlock")));
    await window.found(`() => document.querySelector("nav a[aria-current=page]") !== null`, "home");
    await body(window);
  } finally {
    await window.kill();
  }
}

/** How many careers the list says that it holds, once that is another number than before. */
const listed = (window, before = 0) =>
  window.found(
    `(before) => { const said = Number(document.querySelector(".count[role=status]")?.textContent.replace(/\\D/g, "")); return said > 0 && said !== before && said; }`,
    "another number of careers",
    before,
  );

/** A link that begins with these words. */
const entry = (window, words) =>
  window.found(
    `(words) => [...document.querySelectorAll("main a")].find((one) => one.textContent.trim().startsWith(words) && one.checkVisibility())`,
    `an entry "${words}"`,
    words,
  );

/** The box of a filter: its label holds its number as well. */
const box = (window, t) =>
  window.found(
    `(words) => [...document.querySelectorAll("label")].find((one) => one.textContent.trim().startsWith(words) && one.control?.checkVisibility())?.control`,
    "the filter's box",
    t("careers_education_bachelors_degree"),
  );

test(
  "window: careers are browsed by field and filtered, and Back goes the way back",
  { timeout: 90_000 },
  async () => {
    const t = wordsOf("en");
    await unlocked(t, async (window) => {
      await window.script(`() => { location.hash = "#/careers"; }`);
      await window.heading(t("careers_title"));
      const all = await listed(window);
      assert.ok(all > 1000, `${all} careers`);
      await window.click(await entry(window, t("careers_field_health_science")));
      const inField = await listed(window, all);
      assert.ok(inField < all);
      await window.click(await box(window, t));
      const both = await listed(window, inField);
      assert.ok(both < inField);
      assert.match(
        await window.script(`() => location.hash`),
        /field=health_science.*education=bachelors_degree/,
      );
      await window.script(`() => history.back()`);
      assert.equal(await listed(window, both), inField);
    });
  },
);

test("window: two careers are chosen in the list and stand side by side", { timeout: 90_000 }, async () => {
  const t = wordsOf("en");
  await unlocked(t, async (window) => {
    for (const [slug, words] of [
      ["registered-nurses", "Registered Nurses"],
      ["electricians", "Electricians"],
    ]) {
      await window.script(
        `(to) => { location.hash = to; }`,
        `#/careers/${slug}?q=${slug.replaceAll("-", " ")}`,
      );
      await window.heading(words);
      await window.click(
        await window.found(
          `(name) => document.querySelector('button[aria-label="' + name + '"][aria-pressed=false]')`,
          "the sign beside it",
          t("compare_toggle", { title: words }),
        ),
      );
    }
    await window.click(
      await window.found(
        `(words) => [...document.querySelectorAll("main a")].find((one) => one.textContent.trim() === words)`,
        "the way to the comparison",
        t("compare_do"),
      ),
    );
    await window.heading(t("compare_title"));
    const pay = await window.found(
      `() => { const row = [...document.querySelectorAll("main tbody tr")].find((one) => one.textContent.includes("Middle pay")); return row && [...row.querySelectorAll("td")].map((one) => one.textContent.trim()); }`,
      "the row of pay",
    );
    assert.equal(pay.length, 2);
    assert.match(pay.join(" "), new RegExp(`${t("compare_highest")}.*${t("compare_lowest")}`));
    await window.found(`() => document.querySelectorAll("main [role=img] svg").length > 2`, "the charts");
  });
});
