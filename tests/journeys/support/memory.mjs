// The memory of the window's processes, looked through for words as root may do it: a measure, no promise.
import { closeSync, openSync, readFileSync, readdirSync, readlinkSync, readSync } from "node:fs";

const PAGE = 4096;
/** Pages that are looked through at once. */
const PIECE = 4096;

/** The processes of one person's window: those that have this home folder, by the name of their program. */
export function processesOf(home) {
  const found = [];
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const environment = readFileSync(`/proc/${name}/environ`, "latin1").split("\0");
      if (environment.includes(`HOME=${home}`))
        found.push({ pid: Number(name), program: readlinkSync(`/proc/${name}/exe`).split("/").at(-1) });
    } catch {
      // It has ended, or is somebody else's.
    }
  }
  return found;
}

/** How often a word stands in the memory that a process may write to, as UTF-8 or UTF-16. */
export function count(pid, word) {
  const wanted = [Buffer.from(word, "utf8"), Buffer.from(word, "utf16le")];
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const pages = openSync(`/proc/${pid}/pagemap`, "r");
  let found = 0;
  try {
    for (const { from, to } of regions(pid))
      for (const run of present(pages, from, to)) found += inRun(memory, run, wanted);
  } finally {
    closeSync(memory);
    closeSync(pages);
  }
  return found;
}

/** Writable regions of which something is there, by the numbers of their pages. */
function* regions(pid) {
  let region = null;
  for (const line of readFileSync(`/proc/${pid}/smaps`, "latin1").split("\n")) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (from) region = { from: parseInt(from, 16) / PAGE, to: parseInt(to, 16) / PAGE };
    else if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) region = null;
    else if (region && /^Rss: +[1-9]/.test(line)) {
      yield region;
      region = null;
    }
  }
}

/** Runs of pages that are in memory: to read the others would make them. */
function* present(pages, from, to) {
  let begun = null;
  for (let at = from; at < to; at += PIECE) {
    const map = Buffer.alloc(8 * Math.min(PIECE, to - at));
    const known = readSync(pages, map, 0, map.length, at * 8) / 8;
    for (let page = 0; page < known; page++) {
      const there = (map[page * 8 + 7] & 0x80) !== 0;
      const run = begun !== null && (!there || at + page - begun >= PIECE);
      if (run) {
        yield { from: begun, to: at + page };
        begun = null;
      }
      if (there) begun ??= at + page;
    }
  }
  if (begun !== null) yield { from: begun, to };
}

function inRun(memory, { from, to }, wanted) {
  const run = Buffer.alloc((to - from) * PAGE);
  let read = 0;
  try {
    read = readSync(memory, run, 0, run.length, from * PAGE);
  } catch {
    return 0; // it went meanwhile
  }
  let found = 0;
  for (const word of wanted)
    for (let place = run.indexOf(word); place >= 0 && place < read; place = run.indexOf(word, place + 1))
      found++;
  return found;
}
