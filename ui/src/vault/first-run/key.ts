// The two groups of the recovery key that are asked for, and how a typed group is compared.

/** Two different places, in order. */
export function pickTwo(
  count: number,
  random = (below: number) => Math.floor(Math.random() * below),
): number[] {
  if (count < 2) return count === 1 ? [0] : [];
  const first = random(count);
  const second = (first + 1 + random(count - 1)) % count;
  return [first, second].sort((a, b) => a - b);
}

/** Case, spaces and hyphens do not matter; the letters that look like digits may be typed as those. */
export const sameGroup = (group: string, typed: string): boolean => plain(group) === plain(typed);

const plain = (text: string): string =>
  text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
