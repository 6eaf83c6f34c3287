// Compiles the message files (data/messages/LOCALE/AREA.json) into src/generated/messages, where they have changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "@inlang/paraglide-js";
import { messages, words } from "../messages.config.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** Every file that the result depends on. */
function inputs() {
  const files = ["en", "es"].flatMap((locale) =>
    readdirSync(`${words}/${locale}`)
      .filter((name) => name.endsWith(".json"))
      .map((name) => `${words}/${locale}/${name}`),
  );
  return [...files.sort(), "messages.config.js", "project.inlang/settings.json"];
}

const hash = createHash("sha256");
for (const file of inputs()) hash.update(file).update(readFileSync(file));
const now = hash.digest("hex");
const stamp = `${messages.outdir}/.stamp`;

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== now) {
  mkdirSync(messages.outdir, { recursive: true });
  await compile(messages);
  writeFileSync(stamp, now);
}
// The compiler leaves timers behind that would hold the process for half a minute.
process.exit(0);
