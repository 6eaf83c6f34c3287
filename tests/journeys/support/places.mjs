// Where the programs, the pages and the pictures lie. `cargo xtask test` names the target folder and the browser.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const cargo = process.env.WAYMARK_TARGET ?? join(root, "target");

export const devhost = join(cargo, "debug", "waymark-devhost");
export const program = join(cargo, "debug", "waymark");
/** A session that is made up: a bus with what answers as logind does. */
export const pretendLogind = join(cargo, "debug", "examples", "pretend_logind");
/** The catalogue and the pictures always lie in the checkout, wherever cargo builds. */
export const catalogue = join(root, "target", "waymark-catalogue.db");
export const pictures = join(root, "target", "pictures");
/** Another folder lets pages be tried while `ui/dist-devhost` is in use. */
export const pages = process.env.WAYMARK_PAGES ?? join(root, "ui", "dist-devhost");
export const chromium = process.env.WAYMARK_CHROMIUM ?? "/usr/bin/chromium";

const made = new Set();
process.on("exit", () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A folder that is thrown away when the tests end. */
export function temporaryFolder(name = "waymark-journey-") {
  const folder = mkdtempSync(join(tmpdir(), name));
  made.add(folder);
  return folder;
}
