const mediaTypes = ["application/json", "application/graphql-response+json"] as const;
export type MediaType = (typeof mediaTypes)[number];

/**
 * The media type of the answer (GraphQL over HTTP, "Accept"): the one liked best, of equals the one named first,
 * `application/json` where nothing is said. Null: the client accepts neither.
 */
export function mediaTypeFor(accept: string | undefined): MediaType | null {
  if (!accept?.trim()) return "application/json";
  const liked = accept.split(",").flatMap((part) => {
    const [range = "", ...parameters] = part.split(";").map((word) => word.trim().toLowerCase());
    const quality = Number(parameters.find((word) => word.startsWith("q="))?.slice(2) ?? 1);
    const type =
      range === "*/*" || range === "application/*" ? mediaTypes[0] : mediaTypes.find((one) => one === range);
    return type && quality > 0 ? [{ type, quality }] : [];
  });
  return liked.sort((one, other) => other.quality - one.quality)[0]?.type ?? null;
}
