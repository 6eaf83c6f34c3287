import type { Route } from "../shared/router.svelte";
import Log from "./Log.svelte";

export const routes: Route[] = [{ path: "/log", page: Log, area: "settings", help: "log" }];
