// The careers that are chosen for a comparison, kept while the window is open. The comparison itself lives in its
// address; choosing is only on the way there.
import { href, type Query } from "../../shared/router.svelte";

export const LEAST = 2;
export const MOST = 4;

let slugs = $state.raw<string[]>([]);

export const chosen = {
  get slugs(): string[] {
    return slugs;
  },
  get full(): boolean {
    return slugs.length >= MOST;
  },
  get enough(): boolean {
    return slugs.length >= LEAST;
  },
  has: (slug: string): boolean => slugs.includes(slug),
};

/** Takes a career in or out; one more than fit is not taken in. Says whether it changed anything. */
export function toggle(slug: string): boolean {
  if (slugs.includes(slug)) slugs = slugs.filter((one) => one !== slug);
  else if (slugs.length < MOST) slugs = [...slugs, slug];
  else return false;
  return true;
}

/** Chooses these and no others. */
export function choose(wanted: string[]): void {
  slugs = wanted.slice(0, MOST);
}

/** The careers that an address names: each once, no more than fit. */
export function readWith(query: URLSearchParams): string[] {
  const named = (query.get("with") ?? "").split(",").filter((slug) => /^[a-z0-9-]{1,120}$/.test(slug));
  return [...new Set(named)].slice(0, MOST);
}

/** The part of an address that names them. */
export const withQuery = (of: string[]): Query => ({ with: of.join(",") || null });

/** The address at which they stand side by side. */
export const compareHref = (of: string[]): string => href("careers/compare", withQuery(of));
