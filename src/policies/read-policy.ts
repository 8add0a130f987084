import type { Policy, PolicyContent } from "../access/policy.js";
import { changed, changesInWords } from "../access/policy-changes.js";
import type { Problem } from "../reading/form.js";
import { senselessIn } from "./policy-sense.js";
import { type ReadPolicy, readShape } from "./policy-shape.js";

type Told = Omit<Problem, "code">;

/** What a version of the policy says with some changes, and the changes in words; or all that is wrong with them. */
export type PolicyChange =
  | { readonly content: PolicyContent; readonly inWords: readonly string[]; readonly problems?: undefined }
  | { readonly content?: undefined; readonly inWords?: undefined; readonly problems: readonly Told[] };

/** A version as JSON has it, in shape and with sense; or all that is wrong with it. */
export function readContent(written: unknown): ReadPolicy {
  const { content, problems: outOfShape } = readShape(written);
  if (outOfShape) return { problems: outOfShape };
  const problems = senselessIn(content);
  return problems.length > 0 ? { problems } : { content };
}

export function changeOf(
  { version: _version, insteadOfUnread: _instead, ...before }: Policy,
  changes: object,
): PolicyChange {
  const { content, problems } = readContent(changed(before, changes));
  if (problems)
    return {
      problems: problems.map(({ path, reason }) => ({ field: path ? `changes.${path}` : "changes", reason })),
    };
  const inWords = changesInWords(before, content);
  return inWords.length > 0
    ? { content, inWords }
    : { problems: [{ field: "changes", reason: "Nothing would be different." }] };
}
