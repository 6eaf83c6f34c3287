import type { Route } from "../shared/router.svelte";
import Settings from "./Settings.svelte";

export const routes: Route[] = [{ path: "/settings", page: Settings, area: "settings", help: "settings" }];
