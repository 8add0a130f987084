import { StartError } from "../errors.js";
import { withoutSecrets } from "../setting.js";

/** What the person at the terminal is told about a database that cannot be used, by the code of pg or the network. */
const problems: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host is unknown",
  EAI_AGAIN: "the host is unknown",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "it does not answer",
  ENETUNREACH: "it does not answer",
  ECONNRESET: "it closed the connection",
  ENOENT: "there is no such socket",
  EACCES: "the socket may not be used",
  "3D000": "that database does not exist",
  "28P01": "user and password do not agree",
  "28000": "the user may not connect",
  "42501": "the user may not do this in that database",
  "53300": "it has too many connections",
  "57P03": "it is starting or stopping",
  "55P03": "another process holds the lock on its migrations",
};

/** The one line for a failure to reach or use the database at `url`; undefined when the failure is another one. */
export function connectionProblem(error: unknown, url: string): StartError | undefined {
  const { code, message } = error as { code?: string; message?: string };
  const problem =
    problems[code ?? ""] ?? (/timeout|terminated|SSL|SASL/i.test(message ?? "") ? message : undefined);
  return problem === undefined
    ? undefined
    : new StartError(`The database ${withoutSecrets(url)} cannot be used: ${problem}.`);
}
