// The words of the product, read from its message files: a journey runs in both languages, and a changed sentence
// changes no test.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.mjs";

export const languages = ["en", "es"];
const files = new Map(languages.map((language) => [language, read(language)]));

function read(language) {
  const folder = join(root, "data", "messages", language);
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.assign({}, ...names.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8"))));
}

function sentence(language, key, params) {
  const message = files.get(language)[key];
  if (message === undefined) throw new Error(`no message ${key} in ${language}`);
  if (typeof message === "string") return message;
  const [{ match, declarations }] = message;
  const counted = declarations.map((line) => /= (\w+): plural/.exec(line)?.[1]).find(Boolean);
  const category = new Intl.PluralRules(language).select(Number(params[counted]));
  const found =
    Object.entries(match).find(([name]) => name.endsWith(`=${category}`)) ?? Object.entries(match).at(-1);
  return found[1];
}

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * The words of a language. `t(key, params)` is the sentence; `t.like(key, params)` finds it with anything in the
 * places that `params` leaves open.
 */
export function wordsOf(language) {
  const t = (key, params = {}) =>
    sentence(language, key, params).replace(/\{(\w+)\}/g, (_, name) => {
      if (!(name in params)) throw new Error(`${key} wants ${name}`);
      return String(params[name]);
    });
  t.like = (key, params = {}) => {
    const pattern = sentence(language, key, { n: 2, ...params })
      .split(/\{(\w+)\}/)
      .map((part, at) =>
        at % 2 === 0 ? literal(part) : part in params ? literal(String(params[part])) : ".+?",
      )
      .join("");
    return new RegExp(pattern);
  };
  t.language = language;
  t.locale = language === "es" ? "es-US" : "en-US";
  return t;
}

/** The shipped form, for its labels in both languages. */
export const form = JSON.parse(readFileSync(join(root, "data", "forms", "general-admission.json"), "utf8"));

/** The label of a section, a group or a question, or of a question within a group ("schools.name"). */
export function label(language, id) {
  const [first, inner] = id.split(".");
  for (const section of form.sections) {
    if (section.id === first) return section.title[language];
    const part = section.parts.find((one) => one.id === first);
    if (!part) continue;
    const found = inner ? part.questions.find((one) => one.id === inner) : part;
    return found.label[language];
  }
  throw new Error(`the form has no ${id}`);
}

/** What one item of a repeating group is called. */
export function itemLabel(language, id) {
  for (const { parts } of form.sections) {
    const part = parts.find((one) => one.id === id);
    if (part) return part.item_label[language];
  }
  throw new Error(`the form has no group ${id}`);
}
