import type { Asking, DemoServer } from "./execute-as.js";

/** What became of a step: the form as it was answered, or the code of the refusal with what it names. */
export interface Taken {
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly form: any;
  readonly code?: string;
  readonly needs?: string;
  readonly paths: readonly string[];
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Takes a step of a form as a demo account: `step(server, "sue", "submitGrantApplication", { id, unitSeal: true })`. */
export async function step(
  server: DemoServer,
  account: string,
  mutation: string,
  input: object,
  { selection = "{ id state }", form, ...asking }: Asking & { selection?: string; form?: string } = {},
): Promise<Taken> {
  const field = form ?? formOf(mutation);
  const { data, errors } = await server.executeAs(
    account,
    `mutation ($input: ${capital(mutation)}Input!) { ${mutation}(input: $input) { ${field} ${selection} } }`,
    { ...asking, variables: { input } },
  );
  const extensions = (errors?.[0]?.extensions ?? {}) as {
    code?: string;
    needs?: string;
    inputPath?: string;
    problems?: { inputPath: string }[];
  };
  return {
    form: data?.[mutation]?.[field] ?? null,
    ...(extensions.code && { code: extensions.code }),
    ...(extensions.needs && { needs: extensions.needs }),
    paths:
      extensions.problems?.map(({ inputPath }) => inputPath) ??
      (extensions.inputPath ? [extensions.inputPath] : []),
  };
}

const forms = [
  "grantApplication",
  "sensitiveUse",
  "offboarding",
  "recertification",
  "emergencyAccess",
  "tierPolicy",
  "grant",
];
const named: Readonly<Record<string, string>> = {
  applyForGrant: "grantApplication",
  filePermissionForm: "offboarding",
  promiseSecrecy: "offboarding",
};

const formOf = (mutation: string): string =>
  named[mutation] ?? forms.find((form) => mutation.endsWith(capital(form))) ?? mutation;
