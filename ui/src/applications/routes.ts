import type { Route } from "../shared/router.svelte";
import Applications from "./Applications.svelte";
import Editor from "./Editor.svelte";
import NewApplication from "./NewApplication.svelte";
import Versions from "./versions/Versions.svelte";

const area = "applications";

export const routes: Route[] = [
  { path: "/applications", page: Applications, area, help: "applications" },
  { path: "/applications/new", page: NewApplication, area, help: "applications" },
  { path: "/applications/:id/versions", page: Versions, area, help: "editor" },
  { path: "/applications/:id", page: Editor, area, help: "editor" },
];
