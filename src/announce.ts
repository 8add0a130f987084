import type { AddressInfo } from "node:net";
import { settingsInUse } from "./config.js";
import { demoAccounts } from "./database/demo/accounts.js";

/** Tells the person at the terminal where the server is, what it runs with and how to try it out. */
export function announce(where: AddressInfo, environment: NodeJS.ProcessEnv, demo: boolean): void {
  const address = `http://${where.family === "IPv6" ? `[${where.address}]` : where.address}:${where.port}`;
  const sections = [
    "Tierkeep is ready.",
    columns([
      ["GraphQL", `${address}/graphql`],
      ["Playground", `${address}/`],
      ["Health", `${address}/health/ready`],
    ]),
    `Settings:\n${columns(settingsInUse(environment))}`,
    ...(demo ? [demoSection()] : []),
    "Ctrl-C stops it.",
  ];
  process.stdout.write(`\n${sections.join("\n\n")}\n\n`);
}

const demoSection = () =>
  [
    "Demo accounts:",
    columns(demoAccounts.map(({ staffNo, what }) => [staffNo, what])),
    "",
    "The headers of one of them, for curl or another client:",
    "  npm run --silent headers -- sam",
  ].join("\n");

function columns(rows: readonly (readonly [name: string, text: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd()).join("\n");
}
