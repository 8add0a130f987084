import type { AddressInfo } from "node:net";
import { demoAccounts } from "./database/demo/accounts.js";

type Row = readonly [name: string, text: string];

/** Tells the person at the terminal where the server is, what it runs with and how to try it out. */
export function announce(where: AddressInfo, settings: readonly Row[], demo: boolean): void {
  const address = `http://${where.family === "IPv6" ? `[${where.address}]` : where.address}:${where.port}`;
  const sections = [
    "Tierkeep is ready.",
    columns([
      ["GraphQL", `${address}/graphql`],
      ["Playground", `${address}/`],
      ["Health", `${address}/health/ready`],
    ]),
    `Settings:\n${columns(settings)}`,
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

function columns(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd()).join("\n");
}
