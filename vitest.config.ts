import { defineConfig } from "vitest/config";

export default defineConfig({
  // Two copies of graphql (index.mjs for us, index.js for the libraries) would not recognise each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["reflect-metadata"],
    globalSetup: ["test/support/database.setup.ts"],
    // Both cores: the tests wait for PostgreSQL and the browser as much as they compute.
    maxWorkers: 2,
    // No test changes a module's state, so a worker loads the server once.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
