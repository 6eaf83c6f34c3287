import type { Route } from "../shared/router.svelte";
import Careers from "./Careers.svelte";

// Both lead to the same page, which stays while the address goes from the list to a career and on to the next.
export const routes: Route[] = [
  { path: "/careers", page: Careers, area: "careers", help: "careers" },
  { path: "/careers/:slug", page: Careers, area: "careers", help: "career" },
];
