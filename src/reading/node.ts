import { Field, ID, InterfaceType } from "type-graphql";
import { typeMark } from "./shape.js";

/** Everything with an id of its own, as Relay's object identification specifies it. */
@InterfaceType({
  description: "Everything that has an id of its own.",
  resolveType: (row) => (row as { [typeMark]: string })[typeMark],
})
export abstract class Node {
  @Field(() => ID, { description: "Opaque, and never given to anything else." })
  id!: string;
}
