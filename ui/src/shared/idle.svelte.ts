// How long nobody has touched the pages, by a clock that no change of the date moves. Before the time is over it warns,
// and any key, click or movement ends the warning.
import { untrack } from "svelte";

/** How long it warns, in milliseconds. */
export const WARN_FOR = 30_000;
/** The program is told of touches no more often than this, in milliseconds. */
export const TELL_EVERY = 5_000;
/** Where locking did not work, it is tried again after this. */
const AGAIN_AFTER = 10_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "touchmove"] as const;

interface Options {
  /** After how long, in milliseconds. */
  limit: number;
  /** Somebody touches the pages. */
  ontouch: () => void;
  /** Nobody has for that long. */
  onidle: () => void;
}

let left = $state<number | null>(null);

export const idle = {
  /** Seconds that are left, while it warns. */
  get left(): number | null {
    return left;
  },
};

/** Begins to measure; returns how to stop. */
export function watchIdleTime({ limit, ontouch, onidle }: Options): () => void {
  let last = performance.now();
  let told = -Infinity;
  let place = "";
  let timer: ReturnType<typeof setTimeout>;

  const wait = (time: number) => {
    clearTimeout(timer);
    timer = setTimeout(look, time);
  };

  function look() {
    const rest = last + limit - performance.now();
    if (rest > WARN_FOR) {
      left = null;
      wait(rest - WARN_FOR);
    } else if (rest > 0) {
      left = Math.ceil(rest / 1000);
      wait(rest % 1000 || 1000);
    } else {
      left = null;
      wait(AGAIN_AFTER);
      onidle();
    }
  }

  function touch(event: Event) {
    if (event instanceof MouseEvent && event.type === "pointermove") {
      // A page that changes under a pointer at rest is no touch.
      const at = `${event.screenX} ${event.screenY}`;
      if (at === place) return;
      place = at;
    }
    touched();
  }

  function touched() {
    last = performance.now();
    if (left !== null) look();
    if (last - told < TELL_EVERY) return;
    told = last;
    ontouch();
  }

  const how = { capture: true, passive: true };
  for (const name of TOUCHES) window.addEventListener(name, touch, how);
  // Whoever begins this in an effect must not begin it again with every second of the warning.
  untrack(() => {
    touched();
    look();
  });
  return () => {
    clearTimeout(timer);
    left = null;
    for (const name of TOUCHES) window.removeEventListener(name, touch, how);
  };
}
