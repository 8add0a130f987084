import { readdir, readFile } from "node:fs/promises";
import {
  type DefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from "graphql";

/** An operation to begin with: a file of `schema/operations`. */
export interface Starter {
  /** The operation's name. */
  readonly name: string;
  /** The first line of the comment above it. */
  readonly title: string;
  /** The comment's other lines. */
  readonly about: string;
  /** The accounts that it shows something to, from the comment's line `As: sam, pat`. */
  readonly as: readonly string[];
  readonly query: string;
  /** The defaults of its variables: what it runs with as it stands. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The variables that it does not run without: `offboarding`, for the id of one that an earlier answer told. */
  readonly wants: readonly string[];
}

/** The operations of `schema/operations`. */
export const operationsFolder = new URL("../../schema/operations/", import.meta.url);

/** Reads the operations of a folder, those to look at first in front. */
export async function readStarters(folder: URL = operationsFolder): Promise<Starter[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".graphql")).sort();
  const starters = await Promise.all(
    files.map(async (file) => starterFrom(await readFile(new URL(file, folder), "utf8"), file)),
  );
  return starters.sort((one, other) => rank(one) - rank(other));
}

/** Throws an Error for a document that is not one named operation below a comment. */
export function starterFrom(document: string, file: string): Starter {
  const operations = parse(document).definitions.filter(isOperation);
  const [operation] = operations;
  const comment = commentAbove(document);
  const [title, ...rest] = comment.filter((line) => !line.startsWith(asMark));
  if (!operation?.name || operations.length > 1 || !title) {
    throw new Error(`${file}: one named operation below a comment is expected`);
  }
  const defined = operation.variableDefinitions ?? [];
  const variables = defined.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  const accounts = comment.find((line) => line.startsWith(asMark))?.slice(asMark.length) ?? "";
  return {
    name: operation.name.value,
    title,
    about: rest.join(" "),
    as: accounts.split(",").flatMap((name) => name.trim() || []),
    query: document.split("\n").slice(comment.length).join("\n").trim(),
    variables: Object.fromEntries(variables),
    wants: defined.filter(isWanted).map(({ variable }) => variable.name.value),
  };
}

const isWanted = ({ type, defaultValue }: VariableDefinitionNode) =>
  type.kind === Kind.NON_NULL_TYPE && !defaultValue;

/** A step of one of the README's tours: it follows on the one before, and is nothing to begin with by itself. */
export const isTourStep = ({ title }: Pick<Starter, "title">): boolean => /^(Tour|Device) \d+: /.test(title);

const asMark = "As:";

const isOperation = (node: DefinitionNode): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION;

function commentAbove(document: string): string[] {
  const lines = document.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines.slice(0, end).map((line) => line.slice(1).trim());
}

const inFront = ["FirstLook", "CustomerWithAccess", "MyAccess"];

/** Those in front, then the tours, then the others. */
function rank(starter: Starter): number {
  const position = inFront.indexOf(starter.name);
  if (position >= 0) return position;
  return inFront.length + (isTourStep(starter) ? 0 : 1);
}
