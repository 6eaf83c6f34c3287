import type { Route } from "../shared/router.svelte";
import Applications from "./Applications.svelte";

export const routes: Route[] = [
  { path: "/applications", page: Applications, area: "applications", help: "applications" },
];
