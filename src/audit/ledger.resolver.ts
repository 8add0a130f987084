import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { type ReadContext, readOne, readPage } from "../reading/read.js";
import { all, column, type Sql, sql } from "../reading/sql.js";
import { LedgerEvent } from "./ledger-event.type.js";
import "./ledger-touch.type.js";

@Resolver()
export class LedgerResolver {
  @Guard(reads(LedgerEvent))
  @Query(() => connectionOf(LedgerEvent), {
    nullable: true,
    description:
      "What was read, done and refused, as far as it is in your reach: your own, of your department as its head, all of " +
      "it as an auditor or in administration (rulebook 3.2). To read it is on record as well.",
  })
  async ledgerEvents(
    @Args(() => listArgs(LedgerEvent)) _args: object,
    @Arg("customer", () => ID, {
      nullable: true,
      description: "Only what touched data of the customer with this id.",
    })
    customer: string | null | undefined,
    @Arg("field", () => String, {
      nullable: true,
      description:
        "Only what showed this field, masked it, withheld it or filtered or sorted by it: `Customer.mobile`.",
    })
    field: string | null | undefined,
    @Ctx() context: ReadContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const conditions = [
      ...(typeof customer === "string" ? [touching(customer)] : []),
      ...(typeof field === "string" ? [ofSets(await setsWith(field, context))] : []),
    ];
    return readPage(context, info, LedgerEvent, (row) => all(conditions.map((condition) => condition(row))));
  }

  @Guard(reads(LedgerEvent))
  @Query(() => LedgerEvent, {
    nullable: true,
    description: "One event of the ledger; null where it is out of reach or does not exist.",
  })
  ledgerEvent(
    @Arg("id", () => ID, { description: "Its id." }) id: string,
    @Ctx() context: ReadContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object | null> {
    return readOne(context, info, LedgerEvent, id);
  }
}

type Condition = (row: Sql) => Sql;

const touching =
  (customer: string): Condition =>
  (row) =>
    sql`(${column(row, "at")}, ${column(row, "id")}) IN (SELECT t."at", t."eventId" FROM ledger.touch t WHERE t."customerId" = ${customer})`;

const ofSets =
  (sets: readonly string[]): Condition =>
  (row) =>
    sql`${column(row, "fields")} = ANY(${[...sets]}::uuid[])`;

/** The sets of fields that hold this one, whatever became of it: looked up first, so that the database knows how rare they are. */
async function setsWith(field: string, { db, statements }: ReadContext): Promise<readonly string[]> {
  const rows = await statements(
    () => db.$queryRaw<{ id: string }[]>`
      SELECT f."id"::text FROM ledger.fields f
      WHERE ARRAY[${field}::text] && (f."clear" || f."masked" || f."withheld" || f."used")`,
  );
  return rows.map(({ id }) => id);
}
