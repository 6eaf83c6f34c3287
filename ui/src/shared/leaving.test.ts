import { describe, expect, it, vi } from "vitest";
import { saveBeforeLeaving, saveEverything } from "./leaving";

describe("before leaving", () => {
  it("every save is tried although one fails, and the failure is told", async () => {
    const good = vi.fn(async () => undefined);
    const stops = [
      saveBeforeLeaving(async () => Promise.reject(new Error("disk full"))),
      saveBeforeLeaving(good),
    ];
    await expect(saveEverything()).rejects.toThrow("disk full");
    expect(good).toHaveBeenCalledOnce();
    for (const stop of stops) stop();
    await expect(saveEverything()).resolves.toBeUndefined();
  });
});
