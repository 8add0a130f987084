import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Clock, clockFrom } from "../src/clock.js";
import { publishClock, serverClock, withdrawClock } from "../src/server-clock.js";
import { dataFolder } from "./people/data-folder.js";

const inTheYear = (year: number): Date => new Date(Date.UTC(year, 0, 1));
const secondsApart = (one: Clock, other: Clock): number =>
  Math.abs(one.now().getTime() - other.now().getTime()) / 1000;

test("a running server's clock comes before any other", async () => {
  const folder = await dataFolder();
  const server = clockFrom(inTheYear(2031));
  await publishClock(folder, server);
  expect(secondsApart(await serverClock(folder), server)).toBeLessThan(1);
  expect(secondsApart(await serverClock(folder, inTheYear(2040)), server)).toBeLessThan(1);
});

test("without a server the clock starts where it is told to, or is the machine's", async () => {
  const folder = await dataFolder();
  await publishClock(folder, clockFrom(inTheYear(2031)));
  await withdrawClock(folder);
  await withdrawClock(folder);
  expect(secondsApart(await serverClock(folder, inTheYear(2040)), clockFrom(inTheYear(2040)))).toBeLessThan(
    1,
  );
  expect(secondsApart(await serverClock(folder), clockFrom())).toBeLessThan(1);
});

const deadProcess = spawnSync(process.execPath, ["--version"]).pid;

test.each([
  ["of a server that was killed", `{"offset":99999999999,"pid":${deadProcess}}`],
  ["half written", '{"offset":99999999999,'],
  ["of no server", '{"offset":99999999999,"pid":0}'],
  ["empty", ""],
])("a file %s is not believed", async (_what, content) => {
  const folder = await dataFolder();
  await writeFile(join(folder, "clock.json"), content);
  expect(secondsApart(await serverClock(folder), clockFrom())).toBeLessThan(1);
});
