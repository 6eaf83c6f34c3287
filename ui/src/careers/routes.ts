import type { Route } from "../shared/router.svelte";
import Careers from "./Careers.svelte";

export const routes: Route[] = [{ path: "/careers", page: Careers, area: "careers", help: "careers" }];
