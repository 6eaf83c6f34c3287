import type { Route } from "../shared/router.svelte";
import ImportRoster from "./import/ImportRoster.svelte";
import Retention from "./rights/Retention.svelte";
import StudentRecord from "./rights/StudentRecord.svelte";
import Details from "./details/Details.svelte";
import Student from "./Student.svelte";
import Students from "./Students.svelte";

const area = "students";

export const routes: Route[] = [
  { path: "/students", page: Students, area, help: "students" },
  { path: "/students/import", page: ImportRoster, area, help: "students" },
  { path: "/students/retention", page: Retention, area, help: "retention" },
  { path: "/students/:id/record", page: StudentRecord, area, help: "record" },
  { path: "/students/:id/details", page: Details, area, help: "details" },
  { path: "/students/:id", page: Student, area, help: "student" },
];
