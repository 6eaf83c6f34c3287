import { expect, it } from "vitest";
import { decodeFile } from "./decode";

const name = "Ñandú Éxample, 2027";
const bytes = (...parts: number[]) => new Uint8Array(parts);

function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + 2 * text.length));
  view.setUint16(0, 0xfeff, little);
  for (let at = 0; at < text.length; at++) view.setUint16(2 + 2 * at, text.charCodeAt(at), little);
  return new Uint8Array(view.buffer);
}

it("reads UTF-8, with its mark or without", () => {
  const plain = new TextEncoder().encode(name);
  expect(decodeFile(plain)).toEqual({ text: name, encoding: "utf-8" });
  expect(decodeFile(bytes(0xef, 0xbb, 0xbf, ...plain))).toEqual({ text: name, encoding: "utf-8" });
});

it.each([true, false])("reads UTF-16 by its mark (little end first: %s)", (little) => {
  expect(decodeFile(utf16(name, little))).toEqual({ text: name, encoding: "utf-16" });
});

it("reads what is no UTF-8 as Windows-1252", () => {
  expect(decodeFile(bytes(0xd1, 0x61, 0x6e, 0x64, 0xfa))).toEqual({
    text: "Ñandú",
    encoding: "windows-1252",
  });
});

it("an empty file is empty text", () => {
  expect(decodeFile(bytes())).toEqual({ text: "", encoding: "utf-8" });
});
