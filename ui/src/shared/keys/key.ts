// How a recovery key that was typed from its sheet is held against the one on the screen.

const plain = (text: string): string =>
  text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

/**
 * The first group, from 1, that is not as printed; nothing where all of them are. Case, spaces and hyphens do not
 * matter; the letters that look like digits may be typed as those.
 */
export function firstWrong(groups: string[], typed: string): number | null {
  let rest = plain(typed);
  for (const [at, group] of groups.entries()) {
    const wanted = plain(group);
    if (!rest.startsWith(wanted)) return at + 1;
    rest = rest.slice(wanted.length);
  }
  return rest ? groups.length : null;
}
