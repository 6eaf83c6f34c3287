// The memory of the window's processes, looked through for words as root may do it: a measure, no promise.
import { closeSync, openSync, readFileSync, readdirSync, readlinkSync, readSync } from "node:fs";

const LARGEST_PIECE = 16 * 1024 * 1024;

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
  let found = 0;
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, "latin1").split("\n")) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (!from) continue;
      for (let at = BigInt(`0x${from}`); at < BigInt(`0x${to}`); at += BigInt(LARGEST_PIECE))
        found += inPiece(memory, at, BigInt(`0x${to}`), wanted);
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

function inPiece(memory, at, end, wanted) {
  // What lies across two pieces is found in the first.
  const length = Number(end - at < BigInt(LARGEST_PIECE) ? end - at : BigInt(LARGEST_PIECE + 1024));
  const piece = Buffer.alloc(Math.min(length, Number(end - at)));
  let read = 0;
  try {
    read = readSync(memory, piece, 0, piece.length, at);
  } catch {
    return 0; // memory of a device
  }
  let found = 0;
  for (const word of wanted)
    for (let place = piece.indexOf(word); place >= 0 && place < read; place = piece.indexOf(word, place + 1))
      if (place < LARGEST_PIECE) found++;
  return found;
}
