import { describe, expect, it } from "vitest";
import { Ask } from "./ask.svelte";

describe("a question of a page", () => {
  it("drops an answer that is older than the newest question", async () => {
    const ask = new Ask<string>();
    let answerOld: (text: string) => void = () => undefined;
    const old = ask.run(() => new Promise<string>((done) => (answerOld = done)));
    await ask.run(async () => "new");
    answerOld("old");
    expect(await old).toBeNull();
    expect(ask.value).toBe("new");
    expect(ask.busy).toBe(false);
  });

  it("keeps the last answer beside a fault, and forgets the fault with the next answer", async () => {
    const ask = new Ask<number>();
    await ask.run(async () => 1);
    await ask.run(async () => Promise.reject(new Error("no")));
    expect([ask.value, ask.fault]).toEqual([1, new Error("no")]);
    await ask.run(async () => 2);
    expect([ask.value, ask.fault]).toEqual([2, null]);
  });
});
