// @vitest-environment node
// The linter holds the directions between the rooms and what no page may do; this holds the linter to it.
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const eslint = new ESLint({ cwd: process.cwd() });

async function faults(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const uses = (from: string) => `import { x } from "${from}";\nexport const y = x;\n`;

describe("an import against the directions is refused:", () => {
  it.each([
    ["src/careers/a.ts", "../students/routes"],
    ["src/careers/deep/a.ts", "../../applications/routes"],
    ["src/shared/a.ts", "../careers/routes"],
    ["src/home/a.ts", "@tauri-apps/api/core"],
    ["src/App.svelte.ts", "@tauri-apps/api/core"],
    ["src/platform/a.ts", "../shared/errors"],
    ["src/platform/a.ts", "../careers/routes"],
  ])("%s from %s", async (file, from) => {
    expect(await faults(file, uses(from))).toContain("no-restricted-imports");
  });

  it.each([
    ["src/careers/a.ts", "../shared/router.svelte"],
    ["src/careers/deep/a.ts", "../careers/routes"],
    ["src/careers/a.ts", "../platform"],
    ["src/platform/a.ts", "../generated/contract"],
    ["src/platform/a.ts", "@tauri-apps/api/core"],
    ["src/App.svelte.ts", "./careers/routes"],
  ])("but not %s from %s", async (file, from) => {
    expect(await faults(file, uses(from))).toEqual([]);
  });
});

describe("a page is refused that", () => {
  it.each([
    ["sets text as markup", "<p>{@html 'x'}</p>", "svelte/no-at-html-tags"],
    ["has a style attribute", '<p style="color: red">x</p>', "no-restricted-syntax"],
    [
      "moves with a transition",
      "<script>import { fade } from 'svelte/transition';</script><p transition:fade>x</p>",
      "no-restricted-syntax",
    ],
    [
      "keeps something in the browser",
      "<script>localStorage.getItem('x');</script>",
      "no-restricted-globals",
    ],
  ])("%s", async (_, text, rule) => {
    expect(await faults("src/careers/A.svelte", text)).toContain(rule);
  });
});
