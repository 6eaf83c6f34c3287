// One test as a whole path through the product: a host and a page of its own, both ended whatever happens, and a limit
// of time so that a page that hangs is a failure and not a wait.
import { after, before, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { startHost, startWithRecords } from "./host.mjs";
import { wordsOf } from "./words.mjs";

const LONGEST = 60_000;
let browser;

/** Tells node:test to keep one Chromium for the file. */
export function withBrowser() {
  before(async () => (browser = await launch()));
  after(async () => browser?.close());
}

/**
 * A test with what it needs. `records`: records are made and open before the page is; otherwise the first run waits.
 * The body gets `host`, `page`, `t` (words), `go`, `expectFault`, `open` (one more page, or one of another host) and
 * `own` (something else to be ended).
 */
export function journey(
  name,
  { language = "en", records = true, sample = false, at = "", timeout = LONGEST, ...more },
  body,
) {
  test(name, { timeout }, async (context) => {
    const owned = [];
    const own = (end) => void owned.push(end);
    const pages = [];
    const open = async (host, options) => {
      const opened = await openPage(browser, host, options);
      pages.push(opened);
      return opened;
    };
    let failed = true;
    try {
      const start = records ? startWithRecords : startHost;
      const host = await start({ language, sample, ...more.host });
      own(host.kill);
      if (!records && language !== "en") {
        await host.call("settings.save", { ...(await host.call("settings.get")), language });
      }
      const first = await open(host, { at, ...more.page });
      await body({
        ...first,
        host,
        own,
        t: wordsOf(language),
        language,
        context,
        open: (options, of = host) => open(of, options),
      });
      failed = false;
    } catch (error) {
      const { page } = pages.at(-1) ?? {};
      const seen = await page
        ?.locator("body")
        .innerText({ timeout: 2_000 })
        .catch(() => "");
      if (seen)
        error.message += `\n--- the page at that moment, ${page.url().split("#")[1]}:\n${seen.slice(0, 2_000)}`;
      throw error;
    } finally {
      const faults = [];
      for (const page of pages)
        await (failed ? page.context.close() : page.close()).catch((error) => faults.push(error));
      for (const end of owned) await end().catch(() => undefined);
      if (faults.length && !failed) throw faults[0];
    }
  });
}
