import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { allRecords } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import { everyCaller, Guard } from "../access/guard.js";
import { mayOversee } from "../access/oversees.js";
import { mayFilter } from "../access/plan.js";
import type { Policy } from "../access/policy.js";
import { requirementInWords } from "../access/policy-words.js";
import { readable } from "../access/readable.js";
import { type ClassifiedField, fullName, type RecordType } from "../access/record.js";
import { inWords } from "../access/rows.js";
import { customerClasses, operations } from "../access/vocabulary.js";
import type { Context } from "../context.js";
import { Instant } from "../reading/scalars.js";
import { AccessMatrix, type MyFieldAccess, MyTypeAccess } from "./explain.type.js";

@Resolver()
export class ExplainResolver {
  @Guard(everyCaller)
  @Query(() => AccessMatrix, {
    description:
      "The tier matrix in force: class by operation by tier, with its conditions (rulebook 3.3); for those who oversee who " +
      "sees what also at another instant, one to come as far as it has been adopted. Throws NOT_YOUR_ROLE.",
  })
  async accessMatrix(
    @Arg("at", () => Instant, { nullable: true, description: "When; now where it is left out." }) at:
      | string
      | null,
    @Ctx() { decisions, policies }: Context,
  ): Promise<AccessMatrix> {
    const { caller, policy } = decisions!;
    if (!at) return matrixOf(policy);
    const verdict = mayOversee(caller);
    if (verdict !== true) throw verdict;
    return matrixOf(await policies.at(new Date(at)));
  }

  @Guard(everyCaller)
  @Query(() => [MyTypeAccess], {
    description: "For each type and field: what you see, on which rows, why not more, and what would help.",
  })
  myAccess(
    @Arg("type", () => String, { nullable: true, description: "Only this record type." }) type: string | null,
    @Ctx() { decisions }: Context,
  ): MyTypeAccess[] {
    return allRecords()
      .filter(({ name }) => !type || name === type)
      .map((record) => accessTo(record, decisions!));
  }
}

function matrixOf(policy: Policy): AccessMatrix {
  const { version, insteadOfUnread: _, ...content } = readable(policy);
  const enforced = Object.entries(content.conditions);
  return {
    version: String(version),
    content,
    baseConditions: enforced.flatMap(([name, isEnforced]) => (isEnforced ? [name] : [])),
    rules: customerClasses.flatMap((fieldClass) =>
      operations.map((operation) => {
        const requirement = content.customers[fieldClass][operation];
        return {
          ...{ fieldClass, operation, tier: requirement?.tier ?? null, conditions: requirement?.extra ?? [] },
          inWords: requirement ? requirementInWords(requirement) : "—",
        };
      }),
    ),
  };
}

function accessTo(record: RecordType, decisions: Decisions): MyTypeAccess {
  const { rows, otherwise } = decisions.reach(record);
  return {
    type: record.name,
    reach: rows.map(inWords),
    reason: otherwise.code,
    needs: otherwise.needs,
    fields: [...record.fields.values()].map((field) => fieldAccess(field, decisions)),
  };
}

const fieldAccess = (field: ClassifiedField, decisions: Decisions): MyFieldAccess => ({
  field: fullName(field),
  fieldClass: field.fieldClass,
  see: decisions.branches(field, "rows").map(({ rows, outcome, reason }) => ({
    rows: inWords(rows),
    outcome,
    reason: reason?.code ?? null,
    needs: reason?.needs ?? null,
    request: reason?.request ?? null,
  })),
  filter: mayFilter(decisions, field),
});
