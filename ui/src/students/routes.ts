import type { Route } from "../shared/router.svelte";
import ImportRoster from "./import/ImportRoster.svelte";
import Student from "./Student.svelte";
import Students from "./Students.svelte";

const area = "students";

export const routes: Route[] = [
  { path: "/students", page: Students, area, help: "students" },
  { path: "/students/import", page: ImportRoster, area, help: "students" },
  { path: "/students/:id", page: Student, area, help: "student" },
];
