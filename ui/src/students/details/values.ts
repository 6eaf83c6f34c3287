// A detail as the fields of a form, which are texts, and back. What is kept over a lock are these texts.
import { m } from "../../generated/messages/messages";
import type { Detail, Score } from "../../generated/contract";
import { choiceWords, fieldsOf, type FieldOf, type Kind } from "./fields";

export type Texts = Record<string, string>;

/** Grades that can be chosen; 13 is the time after school. */
export const GRADES = [9, 10, 11, 12, 13];

/** A number as people write it: with a comma or a point. */
const numeral = (text: string) => Number(text.trim().replace(",", "."));

/** Whether what stands in a field of numbers is none. */
export const isNoNumber = (text: string) => text.trim() !== "" && !Number.isFinite(numeral(text));

/** What stands in the fields for this detail; none is a new one of the kind. */
export function toTexts(kind: Kind, detail: Detail | null): Texts {
  const values = (detail ?? {}) as Record<string, unknown>;
  return Object.fromEntries(fieldsOf[kind].map((field) => [field.name, toText(field, values[field.name])]));
}

function toText({ way, choices }: FieldOf, value: unknown): string {
  if (way === "scores") return JSON.stringify(value ?? []);
  if (way === "grades") return ((value ?? []) as number[]).join(",");
  if (value === null || value === undefined) return choices?.[0] ?? "";
  return String(value as string | number | boolean);
}

export const readScores = (text: string): Score[] => JSON.parse(text || "[]") as Score[];
export const readGrades = (text: string): number[] => (text ? text.split(",").map(Number) : []);

/** The detail that the fields make. */
export function toDetail(kind: Kind, texts: Texts): Detail {
  const values = fieldsOf[kind].map((field) => [field.name, toValue(field, texts[field.name] ?? "")]);
  return { kind, ...Object.fromEntries(values) } as Detail;
}

/** Names without which there is no detail are texts, be they empty; whatever else is empty is not known. */
function toValue({ name, way }: FieldOf, text: string): unknown {
  if (way === "scores") return readScores(text);
  if (way === "grades") return readGrades(text);
  if (way === "tick") return text === "true";
  if (way === "said") return text === "" ? null : text === "true";
  if (way === "number") return text.trim() === "" ? null : numeral(text);
  return text.trim() === "" && !["name", "title", "value"].includes(name) ? null : text;
}

/** What a detail says, in the order of its fields. */
export function said(detail: Detail): { field: string; text: string }[] {
  const values = detail as unknown as Record<string, unknown>;
  return fieldsOf[detail.kind].flatMap((field) => {
    const text = saying(detail.kind, field, values[field.name]);
    return text ? [{ field: field.name, text }] : [];
  });
}

function saying(kind: Kind, { name, way, choices }: FieldOf, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (way === "scores") return (value as Score[]).map(({ part, score }) => `${part}: ${score}`).join("; ");
  if (way === "grades") return (value as number[]).map(gradeWords).join(", ");
  if (way === "said") return value ? m.details_yes() : m.details_no();
  if (way === "tick") return value ? m.details_yes() : "";
  if (choices) return choiceWords(kind, name, String(value as string));
  return String(value as string | number);
}

export const gradeWords = (grade: number): string =>
  grade === 13 ? m.details_activity_after() : String(grade);
