import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsTable } from "../src/config.js";
import { demoAccounts } from "../src/database/demo/accounts.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  scripts: Record<string, string>;
};

test("the README's table of settings is the server's own", () => {
  const table = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme)?.[1];
  expect(table?.trim()).toBe(settingsTable().trim());
});

test("every npm script that the README names is there", () => {
  const named = [...readme.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(named).toContain("headers");
});

test("every account that the README asks as is there", () => {
  const asked = [...readme.matchAll(/\bask (\w+)/g)].map(([, name]) => name);
  const known: readonly string[] = demoAccounts.map(({ staffNo }) => staffNo);
  expect(asked).toEqual(["sam", "pat", "cara", "cu1", "neo"]);
  expect(asked.filter((name) => !known.includes(name!))).toEqual([]);
});

test("every file that the README sends its reader to is there", () => {
  const files = [...readme.matchAll(/`((?:src|schema|prisma|test)\/[\w./-]+)`/g)].map(([, file]) => file!);
  for (const file of files)
    expect(() => readFileSync(new URL(`../${file}`, import.meta.url)), file).not.toThrow(/ENOENT/);
});
