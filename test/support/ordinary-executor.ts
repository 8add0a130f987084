import { ApolloServer, type GraphQLRequestContextWillSendResponse } from "@apollo/server";
import { pino } from "pino";
import { authorize } from "../../src/access/authorize.js";
import type { Caller } from "../../src/access/caller.js";
import { isWithheldCell } from "../../src/access/guard.js";
import type { Context } from "../../src/context.js";
import { databaseRefusal } from "../../src/database/database-refusal.js";
import { apolloOptions } from "../../src/http/apollo-options.js";
import { defaultLimits } from "../../src/http/limits.js";
import { createSchema } from "../../src/schema.js";
import type { Answer, DemoServer } from "./execute-as.js";

export interface OrdinaryExecutor {
  ask(caller: Caller, query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * The same server with every field behind graphql-shield's own middleware, run by the ordinary executor: the slow way
 * that the plan replaces.
 */
export async function ordinaryExecutor({ contextFor }: DemoServer): Promise<OrdinaryExecutor> {
  const options = apolloOptions<Context>({
    log: pino({ level: "silent" }),
    // Each cell that is withheld is an error here, until the stand-ins are left out: none may be cut off before.
    limits: { ...defaultLimits, errors: Number.MAX_SAFE_INTEGER },
    mayIntrospect: () => true,
    translate: databaseRefusal,
  });
  const apollo = new ApolloServer<Context>({
    ...options,
    schema: await createSchema("everyField"),
    plugins: [
      ...options.plugins,
      authorize(),
      { requestDidStart: async () => ({ willSendResponse: leaveOutStandIns }) },
    ],
  });
  await apollo.start();
  return {
    async ask(caller, query, variables) {
      const contextValue = await contextFor(caller);
      const { body } = await apollo.executeOperation(
        { query, variables: { ...variables } },
        { contextValue },
      );
      if (body.kind !== "single") throw new Error("One answer is expected");
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    close: () => apollo.stop(),
  };
}

/** Shield can withhold a cell only by an error; the shipped path tells of it beside the data instead. */
async function leaveOutStandIns({
  errors = [],
  response: { body },
}: Pick<GraphQLRequestContextWillSendResponse<Context>, "errors" | "response">): Promise<void> {
  if (body.kind !== "single" || !body.singleResult.errors) return;
  const told = body.singleResult.errors.filter((_, index) => !isWithheldCell(errors[index]?.originalError));
  const { errors: _, ...rest } = body.singleResult;
  body.singleResult = told.length > 0 ? { errors: told, ...rest } : rest;
}
