/** The ids of what answers told, the latest by each name: of the forms that a next step is about. */
const ids = new Map();

export function remember({ data }) {
  for (const answer of Object.values(data ?? {}))
    for (const [name, told] of Object.entries(answer ?? {})) if (told?.id) ids.set(name, told.id);
}

/** What an operation runs with: an id that no answer has told is left to be filled in. */
export const variablesOf = ({ wants, variables }) => ({
  ...Object.fromEntries(wants.map((name) => [name, ids.get(name) ?? ""])),
  ...variables,
});
