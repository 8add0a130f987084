/** The name of software as it is compared: in small letters, without its version. `QQ 9.7` and `qq` are the same. */
export function softwareKey(name: string): string {
  let key = name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  for (let end = versionIn(key); end > 0; end = versionIn(key)) key = key.slice(0, end);
  return key;
}

const isDigit = (letter: string | undefined): boolean =>
  letter !== undefined && letter >= "0" && letter <= "9";

/**
 * Where the version begins that stands at the end of a name: a last word of its own (`20`, `v2`, `23h2`), or from numbers
 * with dots on, glued to the name or not (`QQ9.7`); -1: there is none. Names come in lists: it looks at each letter of the
 * last word a few times, however the name is made up.
 */
function versionIn(name: string): number {
  const space = name.lastIndexOf(" ");
  const word = name.slice(space + 1);
  const alone = space >= 0 && /^v?\d[\w.]*$/.test(word) ? space : -1;
  const dot = word.search(/\d\.\d/);
  if (dot < 0) return alone;
  let start = space + 1 + dot;
  while (isDigit(name[start - 1])) start -= 1;
  if (name[start - 1] === "v") start -= 1;
  while (start > 0 && " _-".includes(name[start - 1]!)) start -= 1;
  return alone < 0 ? start : Math.min(alone, start);
}
