import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";

/** How large an operation is once its fragments are written out where they are spread. */
export interface Measure {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly selections: number;
  readonly rootFields: number;
}

const nothing: Measure = {
  depth: 0,
  introspectionDepth: 0,
  aliases: 0,
  directives: 0,
  selections: 0,
  rootFields: 0,
};

const beside = (one: Measure, other: Measure): Measure => ({
  depth: Math.max(one.depth, other.depth),
  introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  selections: one.selections + other.selections,
  rootFields: one.rootFields + other.rootFields,
});

const holding = (node: { directives?: readonly unknown[] | undefined }, inner: Measure): Measure => ({
  ...inner,
  directives: inner.directives + (node.directives?.length ?? 0),
  selections: inner.selections + 1,
});

export const introspectionFields: readonly string[] = ["__schema", "__type"];

/**
 * Measures operations of one document in time linear in its length: a fragment is measured once, so fragments that
 * double each other cost nothing here. A fragment inside itself, which validation refuses, counts as empty.
 */
export function measurer(document: DocumentNode): (operation: OperationDefinitionNode) => Measure {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const measured = new Map<string, Measure>();

  const measureFragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return nothing;
    measured.set(name, nothing);
    const { directives, ...inner } = measureSelections(fragment.selectionSet);
    const measure = { ...inner, directives: directives + (fragment.directives?.length ?? 0) };
    measured.set(name, measure);
    return measure;
  };

  const measureSelections = ({ selections }: SelectionSetNode): Measure =>
    selections.map(measureSelection).reduce(beside, nothing);

  const measureSelection = (node: SelectionSetNode["selections"][number]): Measure => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return holding(node, measureFragment(node.name.value));
    if (node.kind === Kind.INLINE_FRAGMENT) return holding(node, measureSelections(node.selectionSet));
    const inner = node.selectionSet ? measureSelections(node.selectionSet) : nothing;
    const introspects = introspectionFields.includes(node.name.value);
    const depth = inner.depth + 1;
    return holding(node, {
      ...inner,
      depth: introspects ? 1 : depth,
      introspectionDepth: introspects ? depth : inner.introspectionDepth,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      rootFields: 1,
    });
  };

  return (operation) => {
    const { directives, ...inner } = measureSelections(operation.selectionSet);
    const onVariables = (operation.variableDefinitions ?? []).flatMap((node) => node.directives ?? []);
    return { ...inner, directives: directives + (operation.directives?.length ?? 0) + onVariables.length };
  };
}
