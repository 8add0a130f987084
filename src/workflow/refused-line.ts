import { GraphQLError } from "graphql";
import type { RefusedLine } from "./refused-line.type.js";

interface Refused extends Omit<RefusedLine, "problems"> {
  readonly problems?: readonly {
    readonly inputPath: string;
    readonly code: string;
    readonly reason: string;
  }[];
}

/** The refusal that one line of a list meets; null: it is done. What is our own fault ends the list. */
export async function refusalOf(line: () => Promise<unknown>): Promise<RefusedLine | null> {
  try {
    await line();
    return null;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { code, reason, needs, problems = [] } = error.extensions as Refused;
    return {
      ...{ code: code ?? null, reason: reason ?? null, needs: needs ?? null },
      problems: problems.map(({ inputPath, ...problem }) => ({
        field: inputPath.replace(/^input\./, ""),
        ...problem,
      })),
    };
  }
}
