// Both languages say everything, with the same parts filled in; every code and every page has its words.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../generated/contract";
import settings from "../../project.inlang/settings.json";

type Words = Record<string, unknown>;
const folder = "../data/messages";
// The window says a few words itself, before any page is there; its own file is not compiled for the pages.
const ofTheWindow = "window.json";
const areas = readdirSync(`${folder}/en`).sort();
const forPages = areas.filter((file) => file !== ofTheWindow);
const read = (language: string, file: string) =>
  JSON.parse(readFileSync(`${folder}/${language}/${file}`, "utf8")) as Words;

/** The names in braces, of a message or of all forms of a plural. */
function placeholders(message: unknown): string[] {
  const text =
    typeof message === "string" ? message : JSON.stringify((message as { match: unknown }[])[0]?.match);
  return [...new Set(text.match(/\{[a-z_]\w*\}/g) ?? [])].sort();
}

describe("the message files", () => {
  it("are the same in every language, and all are compiled", () => {
    expect(readdirSync(`${folder}/es`).sort()).toEqual(areas);
    const compiled = settings["plugin.inlang.messageFormat"].pathPattern.map((path) =>
      path.split("/").at(-1),
    );
    expect(compiled.sort()).toEqual(forPages);
  });

  it.each(areas)("%s has the same keys and placeholders in both languages", (file) => {
    const [english, spanish] = [read("en", file), read("es", file)];
    expect(Object.keys(spanish)).toEqual(Object.keys(english));
    for (const key of Object.keys(english))
      expect([key, placeholders(spanish[key])]).toEqual([key, placeholders(english[key])]);
  });

  it.each(forPages)("%s prefixes its keys with the area", (file) => {
    const prefix = { "errors.json": "error_" }[file] ?? `${file.replace(".json", "")}_`;
    expect(Object.keys(read("en", file)).filter((key) => !key.startsWith(prefix))).toEqual([]);
  });

  it.each(["en", "es"])("have no empty message in %s", (language) => {
    const empty = areas.flatMap((file) =>
      Object.entries(read(language, file)).filter(([, words]) => typeof words === "string" && !words.trim()),
    );
    expect(empty).toEqual([]);
  });
});

describe("every error code of the contract", () => {
  it.each(["en", "es"])("has words in %s", (language) => {
    const words = read(language, "errors.json");
    const missing = errorCodes.filter((code) => !(`error_${code.replaceAll(".", "_")}` in words));
    expect(missing).toEqual([]);
  });
});

describe("every page", () => {
  it("has short help", () => {
    const help = Object.keys(read("en", "help.json"));
    for (const page of [
      "home",
      "careers",
      "career",
      "students",
      "student",
      "applications",
      "editor",
      "settings",
      "vault",
    ])
      expect(help).toContain(`help_${page}`);
  });
});
