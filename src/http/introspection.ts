import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { introspectionFields } from "./measure.js";

/** Does this operation read the schema? Looks at fields, through fragments and past aliases; never at names of operations. */
export function introspects(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const seen = new Set<string>();
  const anyIn = ({ selections }: SelectionSetNode): boolean =>
    selections.some((node) => {
      if (node.kind === Kind.INLINE_FRAGMENT) return anyIn(node.selectionSet);
      if (node.kind === Kind.FIELD) {
        return (
          introspectionFields.includes(node.name.value) ||
          (node.selectionSet ? anyIn(node.selectionSet) : false)
        );
      }
      if (seen.has(node.name.value)) return false;
      seen.add(node.name.value);
      return document.definitions.some(
        (other) =>
          other.kind === Kind.FRAGMENT_DEFINITION &&
          other.name.value === node.name.value &&
          anyIn(other.selectionSet),
      );
    });
  return anyIn(operation.selectionSet);
}
