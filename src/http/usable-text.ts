import { refusal } from "../errors.js";

const unusable = /[\0\p{Surrogate}]/u;

/** What a caller is told about such a text. */
export const unusableText =
  "A text holds a character that cannot be stored: NUL, or half of a surrogate pair.";

/** False for what PostgreSQL cannot store: NUL, and halves of surrogate pairs. */
export const isUsableText = (text: string): boolean => !unusable.test(text);

/**
 * Refuses variables that hold a text PostgreSQL could not store, naming its place, and the property `__proto__`, which
 * is never meant well. The depth is bounded by the JSON that the variables came from.
 */
export function checkVariables(value: unknown, path = ""): void {
  if (typeof value === "string" && !isUsableText(value)) throw unusableAt(path);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__proto__")
      throw refusal("BAD_REQUEST", { reason: "A property may not be called __proto__.", status: 400 });
    if (!isUsableText(key)) throw unusableAt(path);
    checkVariables(inner, path ? `${path}.${key}` : key);
  }
}

const unusableAt = (path: string) =>
  refusal("BAD_USER_INPUT", {
    reason: unusableText,
    inputPath: path.slice(0, 200),
    status: 400,
  });
