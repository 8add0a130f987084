const features = "audit|customers|orders|service|dossiers|devices|disclosures|grants|people|explain|forms|incidents|objections|offboarding|policies|procurement|purpose-statements|rights|staff-requests|training|violations";

/** The arrows of the architecture; `npm run check:imports` fails on one that points the wrong way. */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "access-stands-alone",
      comment: "Who may see what is pure: no feature, no database, no HTTP.",
      severity: "error",
      from: { path: "^src/access/" },
      to: { path: "^src/", pathNot: "^src/(access/|errors)" },
    },
    {
      name: "reading-knows-no-feature",
      severity: "error",
      from: { path: "^src/reading/" },
      to: { path: "^src/", pathNot: "^src/(reading/|access/|database/client|errors)" },
    },
    {
      name: "workflow-knows-no-feature",
      severity: "error",
      from: { path: "^src/workflow/" },
      to: { path: "^src/", pathNot: "^src/(workflow/|reading/|access/|database/(client|id|retry-deadlock)|errors)" },
    },
    {
      name: "ledger-knows-no-feature",
      severity: "error",
      from: { path: "^src/ledger/" },
      to: { path: "^src/", pathNot: "^src/(ledger/|access/|database/client|errors|clock|people/create-once)" },
    },
    {
      name: "database-knows-no-feature",
      comment: "The demo organisation borrows what signing in needs (passwords and credentials) and version 1 of the policy.",
      severity: "error",
      from: { path: "^src/database/" },
      to: { path: "^src/", pathNot: "^src/(database/|access/policy|errors|config|clock|server-clock|setting|people/(password|device-credential|secret))" },
    },
    {
      name: "http-knows-no-feature",
      severity: "error",
      from: { path: "^src/http/" },
      to: { path: "^src/", pathNot: "^src/(http/|errors|network-address)" },
    },
    {
      name: "csv-knows-no-feature",
      severity: "error",
      from: { path: "^src/csv/" },
      to: { path: "^src/", pathNot: "^src/(csv/|reading/|access/|errors)" },
    },
    {
      name: "features-meet-at-types",
      severity: "error",
      from: { path: `^src/(${features})/` },
      to: { path: `^src/(${features})/`, pathNot: ["^src/$1/", "\\.type\\.ts$", "enums\\.ts$", "\\.workflow\\.ts$", "^src/people/(load-caller|device-credential|device-key|end-sessions)"] },
    },
    {
      name: "types-know-no-resolvers",
      severity: "error",
      from: { path: "\\.type\\.ts$" },
      to: { path: "\\.resolver\\.ts$" },
    },
    {
      name: "one-door-to-the-database",
      severity: "error",
      from: { pathNot: "^src/database/" },
      to: { path: "^src/database/generated/" },
    },
    {
      name: "context-is-only-a-type",
      severity: "error",
      from: { path: `^src/(${features})/` },
      to: { path: "^src/context", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nothing-imports-the-roots",
      severity: "error",
      from: { path: "^src/[^/]+/" },
      to: { path: "^src/(main|server|schema)\\.ts$" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules|src/database/generated" },
    exclude: { path: "src/database/generated" },
  },
};
