import type { Route } from "../shared/router.svelte";
import KeysWork from "./keys/KeysWork.svelte";
import Settings from "./Settings.svelte";

export const routes: Route[] = [
  { path: "/settings", page: Settings, area: "settings", help: "settings" },
  { path: "/settings/keys/:what", page: KeysWork, area: "settings", help: "settings" },
];
