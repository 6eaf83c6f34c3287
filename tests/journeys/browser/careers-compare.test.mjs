// Two to four careers side by side: chosen in the list and on a page, marked in words, linked by their address.
import assert from "node:assert/strict";
import { accessible } from "../support/axe.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { heading, notice } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

const section = (page, name) => page.getByRole("region", { name, exact: true });
const cells = async (table, row) => table.getByRole("row", { name: row }).getByRole("cell").allInnerTexts();
const dollars = (figure) => `$${figure.value.toLocaleString("en-US")}`;

for (const language of languages) {
  journey(
    `compare (${language}): chosen in the list and on a page, side by side, one taken out, one added`,
    { language, at: "careers?q=nurse" },
    async ({ page, t, host, go }) => {
      const title = async (slug) => (await host.call("careers.show", { slug, place: "US", language })).title;
      const [nurse, electrician] = [await title("registered-nurses"), await title("electricians")];
      const sign = page.getByRole("button", { name: t("compare_toggle", { title: nurse }), exact: true });
      await sign.click();
      assert.equal(await sign.getAttribute("aria-pressed"), "true");
      const tray = section(page, t("compare_tray"));
      await tray.getByText(t("compare_one_more")).waitFor();

      await go("careers/electricians");
      await heading(page, electrician);
      await page
        .locator("article")
        .getByRole("button", { name: t("compare_do"), exact: true })
        .click();
      await tray.getByText(t("compare_count", { n: 2 })).waitFor();
      await tray.getByRole("link", { name: t("compare_do"), exact: true }).click();
      await heading(page, t("compare_title"));
      assert.match(page.url(), /careers\/compare\?with=registered-nurses%2Celectricians$/);
      for (const name of [t("compare_facts"), t("compare_pay", { place: "" }).replace(/, $/, "")])
        await page.getByRole("region", { name }).first().waitFor();

      const add = page.getByRole("combobox", { name: t("compare_add") });
      await add.fill(await title("carpenters"));
      await page.getByRole("option").first().click();
      await page.waitForURL(/carpenters/);
      const facts = section(page, t("compare_facts"));
      await facts.getByRole("columnheader", { name: new RegExp(await title("carpenters")) }).waitFor();
      await facts.getByRole("button", { name: new RegExp(`^${t("compare_remove")}\\s*: ${nurse}`) }).click();
      await facts.getByRole("columnheader", { name: new RegExp(nurse) }).waitFor({ state: "detached" });
      assert.match(page.url(), /with=electricians%2Ccarpenters$/);
      await page.goBack();
      await facts.getByRole("columnheader", { name: new RegExp(nurse) }).waitFor();
    },
  );
}

journey(
  "the comparison's figures are those of the pages, and its words say what is highest",
  { at: "careers/compare?with=registered-nurses,electricians,actors" },
  async ({ page, t, host }) => {
    await heading(page, t("compare_title"));
    const facts = page.getByRole("table", { name: t("compare_facts") });
    await facts.waitFor();
    const shown = await host.call("careers.compare", {
      slugs: ["registered-nurses", "electricians", "actors"],
      place: "US",
      language: "en",
    });
    const pay = await cells(facts, /^Middle pay/);
    assert.match(pay[0], new RegExp(`\\${dollars(shown[0].pay[0].p50)}`));
    assert.match(pay[1], new RegExp(`\\${dollars(shown[1].pay[0].p50)}`));
    assert.match(pay[0], new RegExp(t("compare_highest")));
    assert.match(pay[1], new RegExp(t("compare_lowest")));
    assert.match(pay[2], t.like("careers_pay_an_hour"));
    const openings = await cells(facts, /^Openings/);
    assert.match(openings[0], new RegExp(t("compare_highest")));

    const chart = page.getByRole("region", { name: t("compare_pay", { place: "United States" }) });
    await chart.getByRole("img", { name: /Registered Nurses.*Electricians/s }).waitFor();
    await chart.getByRole("button", { name: t("shared_show_as_table") }).click();
    await chart.getByRole("table").waitFor();
    const interests = section(page, t("compare_interests_title"));
    await interests.getByRole("img", { name: /Registered Nurses: Realistic/ }).waitFor();
    await interests.getByRole("button", { name: t("shared_show_as_table") }).click();
    assert.equal(await interests.getByRole("row").count(), 7);
    await accessible(page, "comparison with its tables");
  },
);

journey(
  "a comparison of fewer than two, of unknown or of five careers says so and goes on",
  { at: "careers/compare" },
  async ({ page, t, go }) => {
    await page.getByRole("heading", { name: t("compare_too_few") }).waitFor();
    await go("careers/compare?with=registered-nurses");
    await page.getByRole("heading", { name: t("compare_too_few") }).waitFor();
    await go("careers/compare?with=registered-nurses,no-such-career");
    await page.getByRole("heading", { name: t("careers_page_gone") }).waitFor();
    await go("careers/compare?with=registered-nurses,electricians,actors,carpenters,surgeons");
    const facts = page.getByRole("table", { name: t("compare_facts") });
    await facts.waitFor();
    assert.equal(await facts.getByRole("columnheader").count(), 5);
    await go("careers?q=plumber");
    const sign = page.getByRole("button", { name: t.like("compare_toggle") }).first();
    await sign.click();
    await notice(page, t, t("compare_full", { n: 4 })).waitFor();
  },
);

journey(
  "a comparison in a narrow window scrolls inside its own region and never the page",
  {
    at: "careers/compare?with=registered-nurses,electricians,actors,carpenters",
    page: { width: 640, height: 800 },
  },
  async ({ page, t }) => {
    const facts = page.getByRole("group", { name: t("compare_facts") });
    await facts.waitFor();
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(wide, 0);
    await facts.focus();
    for (let at = 0; at < 4; at++) await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      (name) => document.querySelector(`[role=group][aria-label="${name}"]`).scrollLeft > 0,
      t("compare_facts"),
    );
  },
);
