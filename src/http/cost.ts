import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type ValueNode,
} from "graphql";
import type { Limits } from "./limits.js";

export interface Cost {
  /** Values that the answer could hold. */
  readonly values: number;
  /** The largest page that is asked for; the default page does not count. */
  readonly largestPage: number;
}

/** What is measured: an executed operation of a valid document, with the variables as they came. */
export interface Costed {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Sizes = Pick<Limits, "defaultPageSize" | "listSize" | "heavyField">;
type Field = GraphQLField<unknown, unknown>;

/**
 * How many values an operation could bring: a field counts one, and all below it as often as its page has rows. A field
 * with the extension `heavy` counts as many as its work is worth: that many, or as a whole operation.
 * Linear in the length of the document: a fragment is counted once.
 */
export function costOf({ schema, document, operation, variables }: Costed, sizes: Sizes): Cost {
  const counted = new Map<string, number>();
  let largestPage = 0;

  const numberOf = (value: ValueNode | undefined): number | undefined => {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    const name = value.name.value;
    const sent = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (sent !== undefined) return typeof sent === "number" ? sent : undefined;
    const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
    return numberOf(definition?.defaultValue);
  };

  const pageSize = (field: Field, node: FieldNode): number => {
    const asked = ["first", "last"].flatMap((name) => {
      const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
      const byDefault = field.args.find((argument) => argument.name === name)?.defaultValue;
      const size = numberOf(given) ?? (typeof byDefault === "number" ? byDefault : undefined);
      return size === undefined ? [] : [size];
    });
    largestPage = Math.max(largestPage, ...asked);
    return asked.length > 0 ? Math.max(0, ...asked) : sizes.defaultPageSize;
  };

  const rowsOf = (parent: GraphQLNamedType, field: Field, node: FieldNode): number => {
    if (field.args.some(({ name }) => name === "first" || name === "last")) return pageSize(field, node);
    // The lists of a connection hold the page that the connection was counted by.
    return isListType(getNullableType(field.type)) && !isConnection(parent) ? sizes.listSize : 1;
  };

  const count = ({ selections }: SelectionSetNode, parent: GraphQLNamedType): number =>
    selections.reduce((sum, node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return sum + countFragment(node.name.value);
      if (node.kind === Kind.INLINE_FRAGMENT)
        return sum + count(node.selectionSet, typeNamed(node.typeCondition) ?? parent);
      const field = fieldOf(parent, node.name.value);
      const heavy = field?.extensions.heavy;
      const itself = typeof heavy === "number" ? heavy : heavy ? sizes.heavyField : 1;
      if (!field || !node.selectionSet) return sum + itself;
      return sum + itself + rowsOf(parent, field, node) * count(node.selectionSet, getNamedType(field.type));
    }, 0);

  const countFragment = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    const fragment = document.definitions.find(
      (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
    );
    const type = fragment?.kind === Kind.FRAGMENT_DEFINITION && typeNamed(fragment.typeCondition);
    const values = type ? count(fragment.selectionSet, type) : 0;
    counted.set(name, values);
    return values;
  };

  const typeNamed = (node: { name: { value: string } } | undefined) =>
    node && schema.getType(node.name.value);
  const root = schema.getRootType(operation.operation);
  return { values: root ? count(operation.selectionSet, root) : 0, largestPage };
}

const metaFields: readonly Field[] = [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef];

const fieldOf = (type: GraphQLNamedType, name: string): Field | undefined =>
  (isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined) ??
  metaFields.find((field) => field.name === name);

const isConnection = (type: GraphQLNamedType) => isObjectType(type) && "pageInfo" in type.getFields();
