import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { idle, TELL_EVERY, WARN_FOR, watchIdleTime } from "./idle.svelte";

const MINUTE = 60_000;
const ontouch = vi.fn();
const onidle = vi.fn();
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  ontouch.mockReset();
  onidle.mockReset();
  stop = watchIdleTime({ limit: 2 * MINUTE, ontouch, onidle });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const press = () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));

describe("idle time", () => {
  it("warns for the last half minute, second by second, and is over once", () => {
    vi.advanceTimersByTime(2 * MINUTE - WARN_FOR - 1);
    expect(idle.left).toBeNull();
    vi.advanceTimersByTime(1);
    expect(idle.left).toBe(30);
    vi.advanceTimersByTime(10_000);
    expect(idle.left).toBe(20);
    expect(onidle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20_000);
    expect(idle.left).toBeNull();
    expect(onidle).toHaveBeenCalledOnce();
  });

  it.each(["keydown", "pointerdown", "wheel", "touchstart"])(
    "begins anew with a %s, also in the warning",
    (name) => {
      vi.advanceTimersByTime(2 * MINUTE - 1);
      expect(idle.left).toBe(1);
      window.dispatchEvent(new Event(name));
      expect(idle.left).toBeNull();
      vi.advanceTimersByTime(2 * MINUTE - 1);
      expect(onidle).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(onidle).toHaveBeenCalledOnce();
    },
  );

  it("is not moved by a change of the date", () => {
    vi.setSystemTime(Date.now() + 3 * 3_600_000);
    vi.advanceTimersByTime(MINUTE);
    expect(onidle).not.toHaveBeenCalled();
    vi.setSystemTime(Date.now() - 9 * 3_600_000);
    vi.advanceTimersByTime(MINUTE);
    expect(onidle).toHaveBeenCalledOnce();
  });

  it("tries again where locking did not work, and not at all once it is stopped", () => {
    vi.advanceTimersByTime(2 * MINUTE);
    vi.advanceTimersByTime(10_000);
    expect(onidle).toHaveBeenCalledTimes(2);
    stop();
    vi.advanceTimersByTime(MINUTE);
    expect(onidle).toHaveBeenCalledTimes(2);
  });

  it("tells the program of touches, at most every few seconds", () => {
    expect(ontouch).toHaveBeenCalledOnce();
    for (let at = 0; at < 50; at++) {
      vi.advanceTimersByTime(100);
      press();
    }
    expect(ontouch).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(TELL_EVERY);
    expect(ontouch).toHaveBeenCalledTimes(2);
    press();
    expect(ontouch).toHaveBeenCalledTimes(3);
  });
});
