// The letters of a roster file. Schools' programs write UTF-8, UTF-16 with its mark, or the old Windows code page.
export type Encoding = "utf-8" | "utf-16" | "windows-1252";

export interface Decoded {
  text: string;
  encoding: Encoding;
}

/** Reads a file's letters: by its byte-order mark, else as UTF-8 where it is valid, else as Windows-1252. */
export function decodeFile(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: read(bytes, "utf-16le"), encoding: "utf-16" };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: read(bytes, "utf-16be"), encoding: "utf-16" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: read(bytes, "windows-1252"), encoding: "windows-1252" };
  }
}

/** The mark itself is no letter: the decoder takes it off. */
const read = (bytes: Uint8Array, label: string): string => new TextDecoder(label).decode(bytes);
