import { Arg, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { anyone, Guard, guardBy, refuse } from "../access/guard.js";
import type { Database, PurposeStatement as Row } from "../database/client.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { publishStatement } from "./publish-statement.js";
import { PublishPurposeStatementInput } from "./purpose-statement.input.js";
import { PublishPurposeStatementPayload, PurposeStatement } from "./purpose-statement.type.js";

/** The head of administration speaks for the company. */
const speaks = guardBy(
  "speaks",
  ({ caller: { roles, status } }) =>
    (roles.includes("ADMIN_HEAD") && status === "ACTIVE") ||
    refuse({ code: "NOT_YOUR_ROLE", needs: "ADMIN_HEAD" }),
);

interface Reading {
  readonly db: Database;
}

@Resolver()
export class PurposeStatementResolver {
  @Guard(anyone)
  @Query(() => PurposeStatement, {
    nullable: true,
    description:
      "What the company uses customer data for, how, and how it is kept safe, as it is in force (S000-5.2a); also for those who have not signed in. Null: nothing has been published.",
  })
  async purposeStatement(@Ctx() { db }: Reading): Promise<PurposeStatement | null> {
    const row = await db.purposeStatement.findFirst({ orderBy: { version: "desc" } });
    return row && shown(row);
  }

  @Guard(anyone)
  @Extensions({ heavy: true })
  @Query(() => [PurposeStatement], {
    nullable: true,
    description: "Every version of it, the one in force first; also for those who have not signed in.",
  })
  async purposeStatements(@Ctx() { db }: Reading): Promise<PurposeStatement[]> {
    return (await db.purposeStatement.findMany({ orderBy: { version: "desc" } })).map(shown);
  }

  @Guard(speaks)
  @Mutation(() => PublishPurposeStatementPayload, {
    description: "Publishes the next version of the purpose statement; those before it stay. By ADMIN_HEAD.",
  })
  async publishPurposeStatement(
    @Arg("input", () => PublishPurposeStatementInput, { description: "The next version." })
    input: PublishPurposeStatementInput,
    @Ctx() context: WriteContext,
  ): Promise<PublishPurposeStatementPayload> {
    return { purposeStatement: shown(await publishStatement(context, input)) };
  }
}

const shown = ({ version, purpose, manner, safeguards, publishedAt }: Row): PurposeStatement => ({
  ...{ version, purpose, manner, safeguards },
  publishedAt: publishedAt.toISOString(),
});
