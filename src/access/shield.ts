import { createRequire } from "node:module";

// graphql-shield's ES build imports `util.isUndefined`, which Node 23 removed. Its CommonJS build loads, and must
// share graphql-middleware with us; its `chain` and `race` still call the missing function and so stay inside.
const require = createRequire(import.meta.url);
const {
  allow,
  and,
  deny,
  not,
  or,
  rule,
  shield,
}: typeof import("graphql-shield") = require("graphql-shield");
const { applyMiddleware }: typeof import("graphql-middleware") = require("graphql-middleware");

export { allow, and, applyMiddleware, deny, not, or, rule, shield };
