import { describe, expect, it } from "vitest";
import { OperationError } from "../../platform";
import { Deed } from "./deed.svelte";

const refuse =
  (code: string, params = {}) =>
  () =>
    Promise.reject(new OperationError(code, params));

describe("a thing that is done to the keys", () => {
  it("says a wrong passphrase at its field, and everything else below the form", async () => {
    const deed = new Deed<number>();
    expect(await deed.run(refuse("vault.wrong_passphrase", { wait_seconds: "0" }))).toBeNull();
    expect(deed.passphraseWords).toMatch(/\S/);
    expect(deed.words).toBeNull();
    await deed.run(refuse("vault.wait", { wait_seconds: "4" }));
    expect(deed.passphraseWords).toContain("4");
    expect(deed.words).toBeNull();
    await deed.run(refuse("storage.disk_full"));
    expect(deed.passphraseWords).toBeNull();
    expect(deed.words).toMatch(/\S/);
  });

  it("is not begun twice, and forgets its fault when it works", async () => {
    const deed = new Deed<number>();
    await deed.run(refuse("storage.disk_full"));
    let answer: (value: number) => void = () => undefined;
    const first = deed.run(() => new Promise<number>((done) => (answer = done)));
    expect(deed.busy).toBe(true);
    expect(await deed.run(() => Promise.resolve(2))).toBeNull();
    answer(1);
    expect(await first).toBe(1);
    expect([deed.done, deed.fault, deed.busy]).toEqual([1, null, false]);
  });
});
