import { StartError } from "./errors.js";
import { isLoopback } from "./http/host.js";
import {
  databaseAddress,
  instant,
  networks,
  oneOf,
  type Setting,
  text,
  webAddress,
  whole,
  yesOrNo,
} from "./setting.js";
import { misspelt } from "./spelling.js";

/** Every setting: the one list that parsing, `npm start`'s account of itself and the README's table come from. */
export const settings = {
  host: { name: "HOST", default: "127.0.0.1", meaning: "The address to listen on.", ...text },
  port: {
    name: "PORT",
    default: "4000",
    meaning: "The port to listen on; 0 takes any free one.",
    ...whole(0, 65535),
  },
  dataDir: {
    name: "DATA_DIR",
    default: "data",
    meaning: "The folder of the embedded database, the keys and the secret.",
    ...text,
  },
  databaseUrl: {
    name: "DATABASE_URL",
    default: null,
    meaning: "A PostgreSQL server, 15 or newer, to use instead of the embedded one.",
    ...databaseAddress,
  },
  databaseOwnerUrl: {
    name: "DATABASE_OWNER_URL",
    default: null,
    meaning:
      "The same database as its owner enters it, who applies the migrations. Unset: DATABASE_URL is the owner's, " +
      "and the server gives up the owner's rights when they are applied.",
    ...databaseAddress,
  },
  poolSize: {
    name: "POOL_SIZE",
    default: "10",
    meaning: "Connections to the database, at most.",
    ...whole(1, 1000),
  },
  statementTimeout: {
    name: "STATEMENT_TIMEOUT_MS",
    default: "5000",
    meaning: "Milliseconds that one SQL statement of a request may take.",
    ...whole(1, 3_600_000),
  },
  maxConcurrentRequests: {
    name: "MAX_CONCURRENT_REQUESTS",
    default: "32",
    meaning:
      "Places for operations at work at once; a large one takes several. More wait a little, then get 503.",
    ...whole(1, 100_000),
  },
  clockworkSeconds: {
    name: "CLOCKWORK_SECONDS",
    default: "60",
    meaning:
      "Seconds between two looks at what is due by itself: ends of grants and declarations, reminders.",
    ...whole(1, 86_400),
  },
  recertificationMonths: {
    name: "RECERTIFICATION_MONTHS",
    default: "3",
    meaning: "Months after which heads are asked again which grants are still needed; 0: never.",
    ...whole(0, 12),
  },
  emergencyHours: {
    name: "EMERGENCY_ACCESS_HOURS",
    default: "0",
    meaning:
      "Hours for which people may open access by themselves in an emergency, at most 4; 0: not at all. Later versions of the tier policy say it themselves.",
    ...whole(0, 4),
  },
  trustedProxies: {
    name: "TRUSTED_PROXIES",
    default: null,
    meaning:
      "Proxies whose word about the caller's address is taken: addresses or networks, separated by commas.",
    ...networks,
  },
  publicUrl: {
    name: "PUBLIC_URL",
    default: null,
    meaning:
      "Where clients reach this server, as `https://tierkeep.example.com`: devices sign their requests for it. " +
      "Unset: signed requests are taken on this machine only.",
    ...webAddress,
  },
  ledgerWitness: {
    name: "LEDGER_WITNESS",
    default: null,
    meaning:
      "Where every seal of the ledger goes as well, best on another machine: a web address that takes it by POST, " +
      "or a command that takes it on its standard input.",
    ...text,
  },
  logLevel: {
    name: "LOG_LEVEL",
    default: "info",
    meaning: "The least grave events to log.",
    ...oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
  },
  demo: {
    name: "DEMO",
    default: null,
    meaning:
      "Load the demo organisation, with its well-known passwords, into an empty database: `true` or `false`. " +
      "Unset: only when listening on loopback.",
    ...yesOrNo,
  },
  clockStart: {
    name: "CLOCK_START",
    default: null,
    meaning:
      "The instant at which the server's clock starts, to try things out. Refused with NODE_ENV=production.",
    ...instant,
  },
  oidcIssuer: {
    name: "OIDC_ISSUER",
    default: null,
    meaning: "An OpenID provider whose access tokens are accepted instead of our own. Needs OIDC_AUDIENCE.",
    ...webAddress,
  },
  oidcAudience: {
    name: "OIDC_AUDIENCE",
    default: null,
    meaning: "The name that the OpenID provider knows this server by. Needs OIDC_ISSUER.",
    ...text,
  },
  oidcSubjectClaim: {
    name: "OIDC_SUBJECT_CLAIM",
    default: "sub",
    meaning: "The claim of the provider's tokens that holds the staff number.",
    ...oneOf("sub", "preferred_username"),
  },
} as const satisfies Record<string, Setting<unknown>>;

type Settings = typeof settings;
type ValueOf<Entry extends Setting<unknown>> =
  | Exclude<ReturnType<Entry["parse"]>, undefined>
  | (Entry["default"] extends null ? undefined : never);

/** The settings, read and checked; what has no default and was not set is undefined. */
export type Config = { readonly [Key in keyof Settings]: ValueOf<Settings[Key]> };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings. Throws StartError for the first one that is malformed, misspelt or does not fit the others. */
export function readConfig(environment: Environment): Config {
  refuseMisspelt(environment);
  const config = Object.fromEntries(
    Object.entries(settings).map(([key, setting]) => [key, read(setting, environment)]),
  ) as Config;
  if ((config.oidcIssuer === undefined) !== (config.oidcAudience === undefined)) {
    throw new StartError("OIDC_ISSUER and OIDC_AUDIENCE are set together or not at all.");
  }
  if (config.databaseOwnerUrl && !config.databaseUrl) {
    throw new StartError("DATABASE_OWNER_URL goes with DATABASE_URL.");
  }
  if (config.clockStart && environment.NODE_ENV === "production") {
    throw new StartError("CLOCK_START is for trying things out: it is refused with NODE_ENV=production.");
  }
  if (config.demo && !isLoopback(config.host)) {
    throw new StartError(
      `DEMO=true with HOST=${config.host}: a server with the demo passwords listens on loopback only.`,
    );
  }
  return config;
}

/** What the server runs with, as it may be printed: one entry a setting, secrets left out. */
export const settingsInUse = (environment: Environment): [name: string, shown: string][] =>
  Object.values(settings).map((setting: Setting<unknown>) => {
    const value = environment[setting.name];
    return [setting.name, value ? (setting.shown ?? String)(value) : (setting.default ?? "")];
  });

/** The README's table of settings. */
export const settingsTable = (): string =>
  [
    "| setting | default | meaning |",
    "|---|---|---|",
    ...Object.values(settings).map(
      (setting: Setting<unknown>) =>
        `| \`${setting.name}\` | ${setting.default ? `\`${setting.default}\`` : ""} | ${setting.meaning} |`,
    ),
  ].join("\n");

/** An empty variable counts as unset, as an empty line in a container's settings does. */
function read(setting: Setting<unknown>, environment: Environment): unknown {
  const value = environment[setting.name] || setting.default;
  if (value === null) return undefined;
  const parsed = setting.parse(value);
  if (parsed === undefined) {
    const given = setting.shown ? setting.name : `${setting.name}=${value}`;
    throw new StartError(`${given}: it must be ${setting.form}.`);
  }
  return parsed;
}

function refuseMisspelt(environment: Environment) {
  const names = Object.values(settings).map(({ name }) => name);
  for (const name of Object.keys(environment)) {
    const meant = misspelt(name, names);
    if (meant && !environment[meant]) throw new StartError(`${name} is no setting: did you mean ${meant}?`);
    if (/^TIERKEEP_/i.test(name))
      throw new StartError(`${name} is no setting; there are ${names.join(", ")}.`);
  }
}
