import { expect, test } from "vitest";
import { readConfig, settings, settingsInUse, settingsTable } from "../src/config.js";

test("without any setting, every default works", () => {
  expect(readConfig({})).toMatchObject({
    host: "127.0.0.1",
    port: 4000,
    dataDir: "data",
    databaseUrl: undefined,
    poolSize: 10,
    logLevel: "info",
    clockStart: undefined,
    demo: undefined,
  });
});

test.each([
  [{ PORT: "0" }, { port: 0 }],
  [{ PORT: "" }, { port: 4000 }],
  [{ HOST: "::1" }, { host: "::1" }],
  [{ LOG_LEVEL: "silent" }, { logLevel: "silent" }],
  [{ DEMO: "false" }, { demo: false }],
  [{ CLOCK_START: "2026-11-22T15:00:00+08:00" }, { clockStart: new Date("2026-11-22T07:00:00Z") }],
  [{ CLOCK_START: "2026-11-22T07:00Z" }, { clockStart: new Date("2026-11-22T07:00:00Z") }],
  [{ DATABASE_URL: "postgres://u:p@db.example/x" }, { databaseUrl: "postgres://u:p@db.example/x" }],
  [
    { OIDC_ISSUER: "https://a.example", OIDC_AUDIENCE: "b" },
    { oidcIssuer: "https://a.example", oidcAudience: "b" },
  ],
])("%o is read", (environment, expected) => {
  expect(readConfig(environment)).toMatchObject(expected);
});

test.each([
  [{ PORT: "http" }, "PORT=http: it must be a whole number from 0 to 65535."],
  [{ PORT: "65536" }, "PORT=65536"],
  [{ PORT: "-1" }, "PORT=-1"],
  [{ PORT: "4e3" }, "PORT=4e3"],
  [{ POOL_SIZE: "0" }, "POOL_SIZE=0"],
  [{ STATEMENT_TIMEOUT_MS: "5s" }, "STATEMENT_TIMEOUT_MS=5s"],
  [{ LOG_LEVEL: "verbose" }, "LOG_LEVEL=verbose"],
  [{ DEMO: "yes" }, "DEMO=yes"],
  [
    { CLOCK_START: "2026-11-22T15:00:00" },
    "CLOCK_START=2026-11-22T15:00:00: it must be an instant with its offset",
  ],
  [{ CLOCK_START: "2026-13-22T15:00:00Z" }, "CLOCK_START"],
  [{ CLOCK_START: "2026-11-22T15:00:00Z", NODE_ENV: "production" }, "refused with NODE_ENV=production"],
  [{ DATABASE_URL: "mysql://u:hidden@db/x" }, "DATABASE_URL: it must be an address"],
  [{ DATABASE_URL: "hidden" }, "DATABASE_URL: it must be an address"],
  [{ TRUSTED_PROXIES: "10.0.0.0/33" }, "TRUSTED_PROXIES"],
  [{ TRUSTED_PROXIES: "proxy.example" }, "TRUSTED_PROXIES"],
  [{ OIDC_ISSUER: "ftp://a.example", OIDC_AUDIENCE: "b" }, "OIDC_ISSUER"],
  [{ OIDC_ISSUER: "https://a.example" }, "OIDC_ISSUER and OIDC_AUDIENCE are set together"],
  [{ OIDC_AUDIENCE: "b" }, "OIDC_ISSUER and OIDC_AUDIENCE are set together"],
  [{ DEMO: "true", HOST: "0.0.0.0" }, "listens on loopback only"],
  [{ DATABSE_URL: "postgresql://x" }, "DATABSE_URL is no setting: did you mean DATABASE_URL?"],
  [{ LOGLEVEL: "info" }, "did you mean LOG_LEVEL?"],
  [{ port: "5000" }, "port is no setting: did you mean PORT?"],
  [{ TIERKEEP_PORT: "5000" }, "TIERKEEP_PORT is no setting"],
])("%o is refused in one line", (environment, message) => {
  const line = () => readConfig(environment);
  expect(line).toThrow(message);
  expect(line).not.toThrow(/hidden|\n/);
});

test.each(["HOME", "HOSTNAME", "PATH", "POST", "PORTS", "LOG_FILE", "TEST_DATABASE_URL", "NODE_ENV", "LANG"])(
  "%s is somebody else's",
  (name) => {
    expect(() => readConfig({ [name]: "x" })).not.toThrow();
  },
);

test("trusted proxies are addresses and networks", () => {
  const { trustedProxies } = readConfig({ TRUSTED_PROXIES: "10.0.0.1, 192.168.0.0/16,fd00::/8" });
  expect(["10.0.0.1", "192.168.7.7"].every((address) => trustedProxies?.check(address))).toBe(true);
  expect(trustedProxies?.check("fd12::1", "ipv6")).toBe(true);
  expect(trustedProxies?.check("10.0.0.2")).toBe(false);
});

test("what the server says that it runs with names every setting and hides the password", () => {
  const shown = Object.fromEntries(
    settingsInUse({ DATABASE_URL: "postgresql://u:hidden@db.example/x?sslkey=hidden" }),
  );
  expect(shown).toMatchObject({ PORT: "4000", DATABASE_URL: "postgresql://u@db.example/x", CLOCK_START: "" });
  expect(Object.keys(shown)).toEqual(Object.values(settings).map(({ name }) => name));
});

test("the README's table has a row for every setting", () => {
  const [, , ...rows] = settingsTable().split("\n");
  expect(rows).toHaveLength(Object.keys(settings).length);
  expect(rows[1]).toBe("| `PORT` | `4000` | The port to listen on; 0 takes any free one. |");
});
