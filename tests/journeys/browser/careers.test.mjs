// Finding a career: browsing, filters, the place, the map, saved searches; and all of it with the keyboard alone.
import assert from "node:assert/strict";
import { journey, withBrowser } from "../support/journey.mjs";
import { heading, notice, undo } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

const rows = (page, t) => page.getByRole("list", { name: t("careers_title") }).locator("li a");
/** How many careers the list says that it holds. */
const listed = async (page) =>
  Number((await page.locator(".count[role=status]").innerText()).replace(/\D/g, ""));
/** Waits until the list says this number. */
const waitForCount = (page, n) =>
  page.waitForFunction(
    (wanted) =>
      document.querySelector(".count[role=status]")?.textContent.replace(/\D/g, "") === String(wanted),
    n,
  );
/** The number that stands beside an entry. */
const counted = async (link) => Number((await link.locator(".count").innerText()).replace(/\D/g, ""));
const section = (page, name) => page.getByRole("region", { name, exact: true });

for (const language of languages) {
  journey(
    `browse (${language}): by field, kind of work, letter and subject, each number true, all in the address`,
    { language, at: "careers" },
    async ({ page, t }) => {
      await heading(page, t("careers_title"));
      const all = await rows(page, t)
        .first()
        .waitFor()
        .then(() => listed(page));
      assert.ok(all > 1000, `${all} careers`);

      const field = section(page, t("browse_fields")).getByRole("link", {
        name: new RegExp(t("careers_field_health_science")),
      });
      const inField = await counted(field);
      await field.click();
      await waitForCount(page, inField);
      assert.match(page.url(), /field=health_science/);
      assert.ok(inField < all);

      const letter = section(page, t("browse_letters")).getByRole("link", { name: /^P\b/ });
      const inLetter = Number((await letter.locator("span:not(.unseen)").innerText()).replace(/\D/g, ""));
      await letter.click();
      await waitForCount(page, inLetter);
      const first = await rows(page, t).first().locator("b").innerText();
      assert.match(first, /^p/i);

      await page.goBack();
      await waitForCount(page, inField);
      await page.goBack();
      await waitForCount(page, all);

      const subject = section(page, t("browse_subjects")).getByRole("link").first();
      const inSubject = await counted(subject);
      await subject.click();
      await waitForCount(page, inSubject);
      await page.getByRole("button", { name: t.like("careers_clear_all") }).click();
      await waitForCount(page, all);

      const group = section(page, t("browse_groups")).getByRole("link", {
        name: new RegExp(t("careers_group_47_0000")),
      });
      const inGroup = await counted(group);
      await group.click();
      await waitForCount(page, inGroup);
      assert.match(page.url(), /group=47-0000/);
      // A filter whose counts follow what is chosen already.
      const education = page.getByRole("checkbox", {
        name: new RegExp(t("careers_education_high_school_diploma_or_equivalent")),
      });
      await education.check();
      await page.waitForURL(/education=/);
      await page.waitForFunction(
        (before) =>
          Number(document.querySelector(".count[role=status]").textContent.replace(/\D/g, "")) < before,
        inGroup,
      );
    },
  );
}

journey(
  "a search is saved under a name, found again, renamed, removed, and each can be undone",
  { at: "careers?field=health_science&education=associates_degree&sort=pay" },
  async ({ page, t, go, host }) => {
    await rows(page, t).first().waitFor();
    const found = await listed(page);
    await page.getByRole("button", { name: t("searches_save"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: t("searches_save_title") });
    const name = dialog.getByLabel(t("searches_name"), { exact: true });
    assert.match(await name.inputValue(), /Health Science/);
    await name.fill("  ");
    await dialog.getByRole("button", { name: t("shared_save"), exact: true }).click();
    await dialog.getByText(t("error_careers_search_name_empty")).waitFor();
    await name.fill("Two years, good pay");
    await dialog.getByRole("button", { name: t("shared_save"), exact: true }).click();
    await notice(page, t, t("searches_saved", { name: "Two years, good pay" })).waitFor();

    await go("careers");
    const searches = section(page, t("searches_title"));
    await searches.getByRole("link", { name: "Two years, good pay" }).click();
    await waitForCount(page, found);
    assert.match(page.url(), /field=health_science.*education=associates_degree.*sort=pay/);

    await searches.getByRole("button", { name: new RegExp(`^${t("searches_rename")}`) }).click();
    const rename = page.getByRole("dialog", { name: t("searches_rename_title") });
    await rename.getByLabel(t("searches_name"), { exact: true }).fill("Health, two years");
    await rename.getByRole("button", { name: t("shared_save"), exact: true }).click();
    await searches.getByRole("link", { name: "Health, two years" }).waitFor();
    await undo(page, t, t("searches_renamed", { name: "Health, two years" }));
    await searches.getByRole("link", { name: "Two years, good pay" }).waitFor();

    await searches.getByRole("button", { name: new RegExp(`^${t("searches_remove")}`) }).click();
    await searches.getByText(t("searches_none")).waitFor();
    assert.deepEqual(await host.call("careers.saved_searches"), []);
    await undo(page, t, t("searches_removed", { name: "Two years, good pay" }));
    await searches.getByRole("link", { name: "Two years, good pay" }).waitFor();
  },
);

journey(
  "the map: a state is chosen, its figures are those of the table, and it becomes the place",
  { at: "careers/registered-nurses?at=where" },
  async ({ page, t, host }) => {
    const map = section(page, t("map_title"));
    await map.waitFor();
    const states = await host.call("careers.states", { slug: "registered-nurses", language: "en" });
    const ohio = states.find((state) => state.place.id === "ST39");
    const pay = `$${ohio.pay.value.toLocaleString("en-US")}`;

    await map.locator('[data-state="ST39"]').click();
    await map.locator("p[aria-live]", { hasText: pay }).waitFor();
    assert.equal(await map.getByLabel(t("map_state"), { exact: true }).inputValue(), "ST39");
    await map.getByText(t.like("map_off")).waitFor();
    await map.getByRole("radio", { name: t("map_share") }).check();
    await map.getByText(t("map_share_note", { title: "Registered Nurses" })).waitFor();

    await map.getByRole("button", { name: t("shared_show_as_table") }).click();
    const table = map.getByRole("table", { name: t("map_table") });
    assert.equal(await table.getByRole("row").count(), states.length + 1);
    assert.match(await table.getByRole("row", { name: /^Ohio/ }).innerText(), new RegExp(`\\${pay}`));
    await table.getByRole("row", { name: /^Puerto Rico/ }).waitFor();

    await map.getByRole("button", { name: t("map_use", { place: "Ohio" }) }).click();
    await notice(page, t, t("map_used", { place: "Ohio" })).waitFor();
    assert.equal((await host.call("settings.get")).place, "ST39");
    await map.getByText(t("map_in_use")).waitFor();
    await page
      .getByText(t("careers_fact_pay", { place: "Ohio" }))
      .first()
      .waitFor();
  },
);

journey(
  "the place is changed once and every figure follows, with the nation beside it",
  { at: "careers/registered-nurses" },
  async ({ page, t, host }) => {
    await heading(page, "Registered Nurses");
    const before = await rows(page, t).first().innerText();
    const picker = page.getByRole("combobox", { name: t("shared_place") });
    await picker.fill("columbus, oh");
    await page.getByRole("option", { name: /Columbus, OH/ }).click();
    await page
      .getByText(t.like("careers_fact_pay", { place: "Columbus, OH" }))
      .first()
      .waitFor();
    assert.equal((await host.call("settings.get")).place, "MA18140");
    const chart = page.getByRole("img", { name: /Columbus, OH.*Ohio.*United States/s });
    await chart.waitFor();
    await page.waitForFunction(
      (old) => document.querySelector('[aria-posinset="1"] a')?.innerText !== old,
      before,
    );
  },
);

journey(
  "browse, filter, open and compare with the keyboard alone",
  { at: "careers" },
  async ({ page, t }) => {
    await rows(page, t).first().waitFor();
    const all = await listed(page);
    const focused = () => page.evaluate(() => document.activeElement?.textContent.trim() ?? "");
    /** Tab until what has the focus holds these words. */
    const tabTo = async (wanted) => {
      for (let at = 0; at < 400; at++) {
        await page.keyboard.press("Tab");
        if (wanted.test(await focused())) return;
      }
      assert.fail(`no way to ${wanted} with Tab`);
    };
    await page.getByRole("searchbox", { name: t("careers_search") }).focus();
    await tabTo(new RegExp(t("careers_field_manufacturing")));
    await page.keyboard.press("Enter");
    await page.waitForURL(/field=manufacturing/);
    await page.waitForFunction(
      (before) =>
        Number(document.querySelector(".count[role=status]").textContent.replace(/\D/g, "")) < before,
      all,
    );
    await page.getByRole("searchbox", { name: t("careers_search") }).focus();
    await page.keyboard.press("ArrowDown");
    for (let at = 0; at < 2; at++) {
      // From the row to its sign; from there the arrow keys lead to the next row.
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
    }
    const tray = section(page, t("compare_tray"));
    await tray.getByText(t("compare_count", { n: 2 })).waitFor();
    await tray.getByRole("link", { name: t("compare_do"), exact: true }).focus();
    await page.keyboard.press("Enter");
    await heading(page, t("compare_title"));
    await section(page, t("compare_facts")).waitFor();
  },
);
