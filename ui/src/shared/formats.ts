// Numbers, money, dates and published figures as words, in the language of the pages.
// Everything here reads the language while it is drawn, so call it in the markup or in `$derived`.
import { m } from "../generated/messages/messages";
import type { Figure } from "../generated/contract";
import { language } from "./language.svelte";

const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language.locale} n ${JSON.stringify(options)}`;
  let format = kept.get(key);
  if (!format) kept.set(key, (format = new Intl.NumberFormat(language.locale, options)));
  return format as Intl.NumberFormat;
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language.locale} d ${JSON.stringify(options)}`;
  let format = kept.get(key);
  if (!format) kept.set(key, (format = new Intl.DateTimeFormat(language.locale, options)));
  return format as Intl.DateTimeFormat;
}

/** "1,021". Messages that choose between one and several take it too: what is grouped is never one. */
export const number = (value: number, digits = 0): string =>
  numbers({ maximumFractionDigits: digits, useGrouping: true }).format(value);

/** "$122,340" */
export const money = (value: number): string =>
  numbers({
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 0,
  }).format(value);

/** "$28.50", for pay by the hour. */
export const moneyExact = (value: number): string =>
  numbers({ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" }).format(value);

/** "$120k", for axes. */
export const moneyShort = (value: number): string => `$${number(value / 1000)}k`;

/** "15.8%" from 15.8. */
export const percent = (value: number, digits = 1): string =>
  numbers({ style: "percent", maximumFractionDigits: digits }).format(value / 100);

/** "+15.8%", "−10%", "0%" from per cent. */
export const change = (value: number, digits = 1): string =>
  numbers({ style: "percent", maximumFractionDigits: digits, signDisplay: "exceptZero" }).format(value / 100);

/** "Monday, November 23" */
export const dayLong = (value: Date): string =>
  dates({ weekday: "long", month: "long", day: "numeric" }).format(value);

/**
 * "November 23, 2026" from a date or a time. Also from what a publisher states, as exact as it is: `YYYY-MM-DD`,
 * `YYYY-MM` ("November 2026") or `YYYY`; those have no zone.
 */
export function date(value: string | Date): string {
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", day: "numeric" };
  if (typeof value !== "string") return dates(options).format(value);
  if (/^\d{4}$/.test(value)) return value;
  if (/^\d{4}-\d{2}$/.test(value))
    return dates({ year: "numeric", month: "long", timeZone: "UTC" }).format(
      new Date(`${value}-01T00:00:00Z`),
    );
  if (/^\d{4}-\d{2}-\d{2}$/.test(value))
    return dates({ ...options, timeZone: "UTC" }).format(new Date(`${value}T00:00:00Z`));
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? value : dates(options).format(moment);
}

/** "10:42:07 AM", the reader's own time; "10:42 AM" without the seconds. It stays on one line. */
export const time = (value: string | Date, seconds = true): string =>
  dates({ hour: "numeric", minute: "2-digit", second: seconds ? "2-digit" : undefined })
    .format(new Date(value))
    .replace(/\s/gu, "\u00a0");

/** "today, 10:42 AM", "yesterday, 4:05 PM", "November 20" */
export function when(value: string | Date, now = new Date()): string {
  const then = new Date(value);
  const clock = time(then, false);
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return m.shared_today_at({ time: clock });
  if (days === 1) return m.shared_yesterday_at({ time: clock });
  if (then.getFullYear() === now.getFullYear()) return dates({ month: "long", day: "numeric" }).format(then);
  return date(then);
}

const midnight = (of: Date): number => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();

/** Today as `YYYY-MM-DD` in the reader's own zone, for documents. */
export function today(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A published figure in words: its number, "at least …", or why there is none. */
export function figure(value: Figure, show: (value: number) => string = number): string {
  switch (value.kind) {
    case "value":
      return show(value.value);
    case "at_least":
      return m.shared_figure_at_least({ value: show(value.value) });
    case "not_published":
      return m.shared_figure_not_published();
    case "not_rated":
      return m.shared_figure_not_rated();
    case "hourly_only":
      return m.shared_figure_hourly_only();
    case "not_provided":
      return m.shared_figure_not_provided();
  }
}

/** The number of a figure, for charts; nothing where it has none. */
export const figureValue = (value: Figure): number | null =>
  value.kind === "value" || value.kind === "at_least" ? value.value : null;
