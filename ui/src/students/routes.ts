import type { Route } from "../shared/router.svelte";
import Students from "./Students.svelte";

export const routes: Route[] = [{ path: "/students", page: Students, area: "students", help: "students" }];
