// Short notices at the foot of the page. Only what was done is told here, never the one place of an error.
export interface Toast {
  id: number;
  text: string;
  /** What takes it back, where something does. */
  undo?: () => Promise<void> | void;
}

const STAY = 8_000;
const STAY_WITH_UNDO = 20_000;
let last = 0;
let shown = $state.raw<Toast[]>([]);
const ends = new Map<number, ReturnType<typeof setTimeout>>();

export const toasts = {
  get shown(): Toast[] {
    return shown;
  },
};

/** Tells something done, with a way to take it back. Returns the notice's number. */
export function tell(text: string, undo?: Toast["undo"]): number {
  const id = ++last;
  shown = [...shown.slice(-2), { id, text, undo }];
  stayFor(id, undo ? STAY_WITH_UNDO : STAY);
  return id;
}

export function dismiss(id: number): void {
  hold(id);
  shown = shown.filter((toast) => toast.id !== id);
}

/** Takes every notice away: they may name a student. */
export function dismissAll(): void {
  for (const toast of shown) dismiss(toast.id);
}

/** Keeps a notice while the pointer or the focus is on it. */
export function hold(id: number): void {
  clearTimeout(ends.get(id));
  ends.delete(id);
}

export function stayFor(id: number, time = STAY): void {
  hold(id);
  ends.set(
    id,
    setTimeout(() => dismiss(id), time),
  );
}
