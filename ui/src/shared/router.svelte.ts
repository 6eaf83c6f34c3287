// The address of the page: `#/careers/backend-architect?place=MA18140`. It holds page, id and query, so that Back
// always works and a page can be linked. Nothing else remembers where the person is.
import type { Component } from "svelte";

export type Query = Record<string, string | string[] | number | null | undefined>;

/** A page that takes the parameters of its address. */
export type PageComponent = Component<{ params: Record<string, string> }>;

/** A page of an area. `:name` in the path is a parameter, `:name?` may be left out (the page then stays mounted). */
export interface Route {
  path: string;
  page: PageComponent | Component<Record<string, never>>;
  /** Which entry of the navigation is "here". */
  area: string;
  /** Key of the short help: `help_KEY`. */
  help: string;
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** What the history keeps with an entry. */
interface State {
  entry: number;
  /** The meeting in which it was made. */
  meeting?: number;
}

export interface Address {
  path: string;
  query: URLSearchParams;
}

/** Reads the part after `#`. */
export function readAddress(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const clean = "/" + path.split("/").filter(Boolean).join("/");
  return { path: clean, query: new URLSearchParams(query) };
}

/** Writes an address, for a link or for `go`. Empty values are left out; a list repeats its key. */
export function href(path: string, query: Query = {}): string {
  const written = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values)
      if (one !== null && one !== undefined && one !== "") written.append(key, String(one));
  }
  const tail = written.toString();
  return `#/${path.replace(/^\//, "")}${tail ? `?${tail}` : ""}`;
}

/** The parameters of `path` in the pattern, or nothing where it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (given.length > wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at];
    if (part.startsWith(":")) {
      if (value === undefined && !part.endsWith("?")) return null;
      if (value !== undefined) params[part.replace(/[:?]/g, "")] = safeDecode(value);
    } else if (part !== value) return null;
  }
  return params;
}

/** The first route that fits. Exact words are to stand before parameters in the list. */
export function findRoute(routes: Route[], path: string): Match | null {
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params) return { route, params };
  }
  return null;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Router {
  #address = $state.raw(readAddress(""));
  /** Number of the history entry, to keep each one's scroll place. */
  entry = $state(0);
  /** Whether the next heading that appears takes the focus. */
  focusWanted = false;
  #last = 0;
  #stamp = $state(0);
  #known = false;
  /** The meeting in which this entry was made; nothing while that is not known. */
  #madeIn = $state<number | null>(null);

  /** Which meeting the entries made from now on belong to; 0 outside one. */
  set stamp(meeting: number) {
    this.#stamp = meeting;
    this.#known = true;
    // An entry that was read before anybody knew belongs to what is found.
    if (this.#madeIn === null) {
      this.#madeIn = meeting;
      history.replaceState({ entry: this.entry, meeting }, "", location.href);
    }
  }

  /** Whether a meeting is under way and this entry was made outside of it: its address may hold anybody's name. */
  get isForeign(): boolean {
    return this.#stamp !== 0 && this.#madeIn !== null && this.#madeIn !== this.#stamp;
  }

  get path(): string {
    return this.#address.path;
  }

  get query(): URLSearchParams {
    return this.#address.query;
  }

  /** Begins to listen; returns how to stop. */
  start(): () => void {
    this.#read();
    this.focusWanted = false;
    const read = () => this.#read();
    window.addEventListener("popstate", read);
    window.addEventListener("hashchange", read);
    return () => {
      window.removeEventListener("popstate", read);
      window.removeEventListener("hashchange", read);
    };
  }

  /** Goes to an address made by `href` (or a plain path). */
  go(to: string, { replace = false } = {}): void {
    const address = to.startsWith("#") ? to : href(to);
    const entry = replace ? this.entry : ++this.#last;
    if (replace) history.replaceState(this.#state(entry), "", address);
    else history.pushState(this.#state(entry), "", address);
    this.#read();
  }

  /** Changes some of the query and leaves the rest and the page. Does not move the focus. */
  setQuery(change: Query, { replace = false } = {}): void {
    const query: Query = {};
    for (const key of new Set(this.query.keys())) query[key] = this.query.getAll(key);
    this.go(href(this.path, { ...query, ...change }), { replace });
  }

  back(): void {
    history.back();
  }

  #state(entry: number): State {
    return this.#known ? { entry, meeting: this.#stamp } : { entry };
  }

  #read(): void {
    const state = history.state as Partial<State> | null;
    if (typeof state?.entry !== "number") {
      history.replaceState(this.#state(++this.#last), "", location.href);
    } else this.#last = Math.max(this.#last, state.entry);
    const next = readAddress(location.hash);
    if (next.path !== this.path) this.focusWanted = true;
    const read = history.state as State;
    this.entry = read.entry;
    this.#madeIn = read.meeting ?? (this.#known ? 0 : null);
    this.#address = next;
  }
}

export const router = new Router();
