import type { Policy, PolicyContent } from "../access/policy.js";
import type { Problem } from "../reading/form.js";
import { changed, changesInWords } from "./policy-changes.js";
import { senselessIn } from "./policy-sense.js";
import { policyShape } from "./policy-shape.js";

type Told = Omit<Problem, "code">;

/** What a version of the policy says with some changes, and the changes in words; or all that is wrong with them. */
export type PolicyChange =
  | { readonly content: PolicyContent; readonly inWords: readonly string[]; readonly problems?: undefined }
  | { readonly problems: readonly Told[] };

export function changeOf({ version: _, ...before }: Policy, changes: object): PolicyChange {
  const parsed = policyShape.safeParse(changed(before, changes));
  const wrong = parsed.success
    ? senselessIn(parsed.data).map(({ path, reason }) => ({ path, reason }))
    : parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), reason: message }));
  if (!parsed.success || wrong.length > 0)
    return {
      problems: wrong.map(({ path, reason }) => ({ field: path ? `changes.${path}` : "changes", reason })),
    };
  const inWords = changesInWords(before, parsed.data);
  return inWords.length > 0
    ? { content: parsed.data, inWords }
    : { problems: [{ field: "changes", reason: "Nothing would be different." }] };
}
