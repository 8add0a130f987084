import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type GraphQLArgument, lexicographicSortSchema } from "graphql";
import { expect, test } from "vitest";
import { allRecords } from "../src/access/classified.js";
import { accessMatrix, dataDictionary, errorList } from "../src/access/dictionary.js";
import { buildClassifiedSchema } from "../src/schema.js";
import { workflowsMarkdown, workflowsSql } from "../src/workflow/print.js";

// `npm run schema:update` accepts what has changed; the diff is what a reviewer reads.

const schema = await buildClassifiedSchema();

test.each([
  ["schema.graphql", () => `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`],
  ["data-dictionary.md", () => dataDictionary(allRecords())],
  ["access-matrix.md", () => accessMatrix()],
  ["errors.md", () => errorList()],
  ["workflows.md", () => workflowsMarkdown()],
  ["workflows.sql", () => workflowsSql()],
])("schema/%s is what the code says", async (file, print) => {
  await expect(print()).toMatchFileSnapshot(`../schema/${file}`);
});

test("every type, field, argument and enum value is described", () => {
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || ["String", "Int", "Boolean", "ID", "Float"].includes(type.name))
      continue;
    const root = [schema.getQueryType(), schema.getMutationType()].includes(type as never);
    if (!type.description && !root) silent.push(type.name);
    if ("getValues" in type)
      silent.push(
        ...type.getValues().flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])),
      );
    if (!("getFields" in type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) silent.push(`${type.name}.${field.name}`);
      const args: readonly GraphQLArgument[] = "args" in field ? field.args : [];
      silent.push(
        ...args.flatMap((arg) => (arg.description ? [] : [`${type.name}.${field.name}(${arg.name})`])),
      );
    }
  }
  expect(silent).toEqual([]);
});
