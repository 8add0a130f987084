import type { Tier } from "../access/vocabulary.js";
import type { GrantApplication as Row } from "../database/client.js";
import type { Facts } from "../workflow/facts.js";
import type { GroupVotes } from "../workflow/group-vote.js";
import type { GrantScope, ScopedClass } from "./scope.js";

/** What an application's table knows of it beyond its row. */
export interface ApplicationFacts {
  readonly classes: readonly ScopedClass[];
  readonly customerIds: readonly string[];
  /** Of the grantee's department. */
  readonly ceiling: Tier;
  readonly votes: GroupVotes;
}

export const moreOf = ({ more }: Facts<Row>): ApplicationFacts => more as unknown as ApplicationFacts;

/** The scope that an application asks for, or has been narrowed to. */
export function scopeOf(facts: Facts<Row>): GrantScope {
  const { tier, operations, customerScope, purposes, secrecyClearance, validTo } = facts.row;
  const { classes, customerIds } = moreOf(facts);
  return {
    ...{ tier, operations, customerScope, purposes, secrecyClearance, classes, customerIds },
    validTo: validTo && new Date(validTo).toISOString(),
  };
}
