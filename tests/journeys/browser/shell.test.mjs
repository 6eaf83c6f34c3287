// Around every page: language, looks, palette, keys, and the main path with the keyboard alone.
import assert from "node:assert/strict";
import { beginDraft } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { answer, heading, readKey, waitForSaved } from "../support/pages.mjs";
import { PASSPHRASE } from "../support/host.mjs";
import { label, languages, wordsOf } from "../support/words.mjs";

withBrowser();

const focused = (page) =>
  page.evaluate(
    () =>
      document.activeElement
        ?.closest("[data-index], label, button, a, input, textarea, h1")
        ?.textContent?.trim()
        .slice(0, 60) ?? "",
  );

journey(
  "settings: another language, darker colors, more contrast and larger text show at once and are kept",
  { at: "settings" },
  async ({ page, host, t }) => {
    await heading(page, t("shared_settings"));
    await page.getByRole("radio", { name: "Español" }).check();
    const es = wordsOf("es");
    await heading(page, es("shared_settings"));
    await page
      .getByRole("navigation", { name: es("shared_navigation") })
      .getByText(es("shared_students"))
      .waitFor();
    await page.getByRole("radio", { name: es("settings_theme_dark") }).check();
    await page.getByRole("checkbox", { name: es("settings_contrast") }).check();
    await page.getByRole("radio", { name: /^150/ }).check();
    const root = () =>
      page.evaluate(() => ({
        ...document.documentElement.dataset,
        size: document.documentElement.style.fontSize,
        lang: document.documentElement.lang,
      }));
    const wanted = { theme: "dark", contrast: "more", size: "150%", lang: "es" };
    assert.deepEqual(await root(), wanted);
    await page.reload();
    await heading(page, es("shared_settings"));
    assert.deepEqual(await root(), wanted);
    const kept = await host.call("settings.get");
    assert.deepEqual(
      [kept.language, kept.theme, kept.high_contrast, kept.text_percent],
      ["es", "dark", true, 150],
    );
  },
);

for (const language of languages) {
  journey(
    `palette (${language}): finds a career, a student and a page by a few letters, and goes there`,
    { sample: true, language, at: "home" },
    async ({ page, host, t }) => {
      const { name } = (await host.call("students.show", { id: host.student, language })).student;
      const { title } = await host.call("careers.show", { slug: "3d-animator", place: "US", language });
      await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
      const open = async (letters) => {
        await page.keyboard.press("Control+k");
        const input = page.getByRole("combobox", { name: t("shared_find_placeholder") });
        await input.waitFor();
        await page.keyboard.type(letters);
        return page.getByRole("option");
      };
      await (await open("3d")).filter({ hasText: title }).waitFor();
      await page.keyboard.press("Enter");
      await heading(page, title);
      await (await open(name)).filter({ hasText: name }).first().waitFor();
      await page.keyboard.press("Enter");
      await heading(page, name);
      await (
        await open(t("shared_settings").slice(0, 5))
      )
        .filter({ hasText: t("shared_settings") })
        .first()
        .waitFor();
      await page.keyboard.press("Enter");
      await heading(page, t("shared_settings"));
      await (await open("zzzz qqqq")).first().waitFor({ state: "detached" });
      await page.getByText(t("shared_palette_nothing", { text: "zzzz qqqq" })).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("combobox", { name: t("shared_find_placeholder") }).waitFor({ state: "detached" });
    },
  );
}

journey(
  "keys: pages, back, help and shortcuts answer to the keyboard, and Escape closes what is on top",
  { at: "home" },
  async ({ page, t }) => {
    await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
    for (const [key, name] of [
      ["2", null],
      ["3", "shared_students"],
      ["4", "shared_applications"],
      ["5", "shared_settings"],
    ]) {
      await page.keyboard.press(`Alt+${key}`);
      await heading(page, name ? t(name) : t("careers_title"));
    }
    await page.keyboard.press("Alt+ArrowLeft");
    await heading(page, t("shared_applications"));
    await page.keyboard.press("Control+/");
    const shortcuts = page.getByRole("dialog", { name: t("shared_shortcuts") });
    await shortcuts.waitFor();
    await page.keyboard.press("Escape");
    await shortcuts.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: t("shared_help") }).focus();
    await page.keyboard.press("Enter");
    const help = page.getByRole("dialog", { name: t("shared_help_title") });
    await help.waitFor();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    assert.ok(
      await page
        .getByRole("button", { name: t("shared_help") })
        .evaluate((button) => button === document.activeElement),
      "the focus comes back",
    );
  },
);

/** Presses Tab until the control has the focus: a control that Tab does not reach fails the test. */
async function tabTo(page, control, most = 80) {
  for (let at = 0; at < most; at++) {
    if (await control.evaluateAll((found) => found.includes(document.activeElement))) {
      const shown = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        const around = getComputedStyle(document.activeElement.closest("label") ?? document.activeElement);
        return [style, around].some((one) => one.outlineStyle !== "none" || one.boxShadow !== "none");
      });
      assert.ok(shown, `the focus is visible at ${await focused(page)}`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab did not reach ${control} in ${most} steps; it is at “${await focused(page)}”`);
}

for (const language of languages) {
  journey(
    `keyboard alone (${language}): the main path needs no mouse`,
    { records: false, language, timeout: 90_000 },
    async ({ page, t, host }) => {
      const { keyboard } = page;
      const press = async (control) => {
        await tabTo(page, control);
        await keyboard.press("Enter");
      };
      const button = (name) => page.getByRole("button", { name, exact: true });
      await heading(page, t("vault_welcome_title"));
      await press(button(t("vault_begin")));
      await press(button(t("shared_next")));
      await heading(page, t("vault_first_passphrase_title"));
      await tabTo(page, page.getByLabel(t("vault_passphrase_new"), { exact: true }));
      await keyboard.type(PASSPHRASE);
      await tabTo(page, page.getByLabel(t("vault_passphrase_again"), { exact: true }));
      await keyboard.type(PASSPHRASE);
      await keyboard.press("Enter");
      await heading(page, t("vault_key_title"));
      const groups = await readKey(page, t);
      await press(button(t("vault_key_have")));
      await tabTo(page, page.getByLabel(t("vault_key_typed"), { exact: true }));
      await keyboard.type(groups.join(" "));
      await keyboard.press("Enter");
      await heading(page, t("vault_place_title"));
      await tabTo(page, page.getByRole("combobox", { name: t("shared_place") }));
      await keyboard.press("Control+a");
      await keyboard.type("ohio");
      await page.getByRole("option", { name: /Ohio/ }).first().waitFor();
      await keyboard.press("Enter");
      await press(button(t("shared_next")));
      await press(button(t("vault_sample_yes")));

      await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
      await keyboard.press("Alt+2");
      await heading(page, t("careers_title"));
      await tabTo(page, page.getByRole("searchbox", { name: t("careers_search") }));
      await keyboard.type("backend");
      const list = page.getByRole("list", { name: t("careers_title") });
      await list
        .getByRole("link", { name: /backend/i })
        .first()
        .waitFor();
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      const { title } = await host.call("careers.show", { slug: "backend-architect", place: "US", language });
      await heading(page, title);
      await tabTo(page, page.getByRole("link", { name: t("careers_plan_full") }));
      await keyboard.press("Enter");
      await heading(page, t("applications_new_title"));
      await tabTo(page, page.getByRole("combobox", { name: t("applications_student") }));
      await keyboard.press("ArrowDown");
      await page.getByRole("option").nth(1).waitFor();
      await keyboard.press("ArrowDown");
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      await press(button(t("applications_begin")));
      await heading(page, label(language, "personal_details"));
      await tabTo(page, page.getByLabel(label(language, "preferred_name")));
      await keyboard.type("Demo");
      await tabTo(
        page,
        page
          .getByRole("radiogroup", { name: label(language, "other_name") })
          .getByRole("radio")
          .first(),
      );
      await keyboard.press("Space");
      await page.getByLabel(label(language, "other_name_which"), { exact: true }).waitFor();
      for (const section of ["contacts", "education", "choice_of_programme", "statement"]) {
        await keyboard.press("Alt+PageDown");
        await heading(page, label(language, section));
      }
      await tabTo(page, answer(page, "statement"));
      await keyboard.type("Written without a mouse.");
      await keyboard.press("Control+s");
      await waitForSaved(page);
      await keyboard.press("Control+l");
      await heading(page, t("vault_unlock_title"));
      await keyboard.type(PASSPHRASE);
      await keyboard.press("Enter");
      await heading(page, label(language, "statement"));
      assert.equal(await answer(page, "statement").inputValue(), "Written without a mouse.");
    },
  );
}

journey("the way past the navigation leads to the page", { sample: true }, async ({ page, host, go, t }) => {
  const id = await beginDraft(host);
  await go(`applications/${id}`);
  await heading(page, label("en", "personal_details"));
  const skip = page.getByRole("button", { name: t("shared_skip") });
  const first = page
    .locator(":is(a[href], button, input, select, textarea, [tabindex='0']):not(:disabled)")
    .first();
  assert.ok(
    await skip.evaluate((button, one) => button === one, await first.elementHandle()),
    "it is the first stop",
  );
  await skip.focus();
  const { x, y } = await skip.boundingBox();
  assert.ok(x >= 0 && y >= 0, "it is in sight while it has the focus");
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("h1").evaluate((found) => found === document.activeElement));
});
