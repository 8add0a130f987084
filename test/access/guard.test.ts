import { GraphQLObjectType, GraphQLSchema, GraphQLString, graphql } from "graphql";
import { expect, test } from "vitest";
import { allRecords } from "../../src/access/classified.js";
import { decisionsFor } from "../../src/access/decisions.js";
import { newFootprint } from "../../src/access/footprint.js";
import { anyone, everyCaller, guardBy, guardSchema, type Rule } from "../../src/access/guard.js";
import { planOperation } from "../../src/access/plan.js";
import { policy } from "../../src/access/policy.js";
import { fullName } from "../../src/access/record.js";
import { buildClassifiedSchema } from "../../src/schema.js";
import { caller } from "../support/callers.js";
import { demoServer } from "../support/execute-as.js";

/** A schema of one query with this guard. */
const schemaWith = (guard?: Rule) =>
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: {
        open: { type: GraphQLString, resolve: () => "open", extensions: { guard: anyone } },
        asked: { type: GraphQLString, resolve: () => "secret", extensions: guard ? { guard } : {} },
      },
    }),
  });

test("a field with neither a classification nor a guard stops the start with its name", () => {
  expect(() => guardSchema(schemaWith())).toThrow("Query.asked has neither a classification nor a guard");
});

test.each(["roots", "everyField"] as const)("a rule decides before its field runs (%s)", async (scope) => {
  const schema = guardSchema(schemaWith(everyCaller), scope);
  const ask = (decisions: ReturnType<typeof decisionsFor> | null) =>
    graphql({ schema, source: "{ open asked }", contextValue: { decisions } });
  expect((await ask(decisionsFor(caller(), policy))).data).toEqual({ open: "open", asked: "secret" });
  const { data, errors } = await ask(null);
  expect(data).toEqual({ open: "open", asked: null });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
});

test("a rule that crashes is our fault, never a denial", async () => {
  const crashing = guardBy("crashing", () => {
    throw new TypeError("a bug");
  });
  const { data, errors } = await graphql({
    schema: guardSchema(schemaWith(crashing)),
    source: "{ asked }",
    contextValue: { decisions: decisionsFor(caller(), policy) },
  });
  expect(data).toEqual({ asked: null });
  expect(errors?.[0]?.originalError).toBeInstanceOf(TypeError);
});

test("every field of the schema is behind a rule", async () => {
  const schema = await buildClassifiedSchema();
  expect(() => guardSchema(schema, "everyField")).not.toThrow();
});

test("every classified field is nullable but for ids", async () => {
  const schema = await buildClassifiedSchema();
  const nonNull = Object.values(schema.getTypeMap()).flatMap((type) =>
    type instanceof GraphQLObjectType
      ? Object.values(type.getFields())
          .filter((field) => field.extensions.classified && String(field.type).endsWith("!"))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
  expect(nonNull.filter((name) => !name.endsWith(".id"))).toEqual([]);
});

test("every field that the policy names is in the registry", async () => {
  await buildClassifiedSchema();
  const known = new Map(
    allRecords().flatMap(({ fields }) => [...fields.values()].map((field) => [fullName(field), field])),
  );
  const named = Object.values(policy.posts).flatMap((rules) =>
    rules.flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([fieldClass, names]) =>
        names === "*" ? [] : (names ?? []).map((name) => ({ name, fieldClass })),
      ),
    ),
  );
  expect(named.filter(({ name, fieldClass }) => known.get(name)?.fieldClass !== fieldClass)).toEqual([]);
});

test("an operation whose rule crashes in the plan is refused as INTERNAL and says nothing of it", async () => {
  const { executeAs, close } = await demoServer({
    policy: { ...policy, self: null as never },
  });
  const { data, errors } = await executeAs("cu1", "{ customers { nodes { name } } }");
  expect(data ?? null).toBeNull();
  expect(errors?.map(({ message, extensions }) => [message, extensions?.code])).toEqual([
    ["Something went wrong on our side.", "INTERNAL"],
  ]);
  await close();
});

test("without anybody signed in nothing is planned", async () => {
  const schema = guardSchema(schemaWith(everyCaller));
  const { parse } = await import("graphql");
  const [operation] = parse("{ asked }").definitions;
  const planned = planOperation(
    { schema, operation: operation as never, fragments: {}, variables: {} },
    { decisions: null, strict: false, footprint: newFootprint() },
  );
  await expect(planned).resolves.toBeUndefined();
});
