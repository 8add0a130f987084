import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, demoServer } from "./support/execute-as.js";
import { CustomerWithAccessDocument, FirstLookDocument } from "./support/operations.js";

// What a client in TypeScript has of `schema/operations`: types made by `codegen.yml`, checked by the compiler.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

async function answer<Data, Variables>(
  account: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data } = await server.executeAs(account, print(document), {
    variables: variables as Record<string, unknown>,
  });
  return data;
}

test("a typed client reads a field that may be withheld as one that may be null", async () => {
  const { customers } = await answer("pat", FirstLookDocument, {});
  const name: string | null | undefined = customers?.nodes[0]?.name;
  expect(name).toBe("林**");
  expect(customers?.nodes[0]?.idNumber).toBeNull();
});

test("a typed client has a lock beside each field", async () => {
  const data = await answer("cara", CustomerWithAccessDocument, {});
  const [customer] = data.customers?.nodes ?? [];
  const locks = customer?.access.filter(({ outcome }) => outcome !== "CLEAR").map(({ field }) => field);
  expect(locks).toContain("Customer.idNumber");
  // @ts-expect-error the operation does not ask for it
  expect(customer?.taxId).toBeUndefined();
});
