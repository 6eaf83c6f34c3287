import type { Route } from "../shared/router.svelte";
import Backups from "./Backups.svelte";

export const routes: Route[] = [{ path: "/backups", page: Backups, area: "settings", help: "backups" }];
