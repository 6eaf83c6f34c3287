import type { Route } from "../shared/router.svelte";
import Careers from "./Careers.svelte";
import ComparePage from "./compare/ComparePage.svelte";

// The list and a career are the same page, which stays while the address goes from one to the other.
export const routes: Route[] = [
  { path: "/careers", page: Careers, area: "careers", help: "careers" },
  { path: "/careers/compare", page: ComparePage, area: "careers", help: "compare" },
  { path: "/careers/:slug", page: Careers, area: "careers", help: "career" },
];
