import type { Route } from "../shared/router.svelte";
import Home from "./Home.svelte";

export const routes: Route[] = [{ path: "/home", page: Home, area: "home", help: "home" }];
