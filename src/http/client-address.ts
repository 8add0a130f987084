import type { IncomingMessage } from "node:http";
import { type BlockList, isIP } from "node:net";

/**
 * The address that a request came from. What a proxy says of it (`x-forwarded-for`) counts only as far as it is a
 * trusted one that says so: read from the end, the first address that is not a trusted proxy's is the caller's.
 */
export function clientAddress({ headers, socket }: IncomingMessage, trusted?: BlockList): string | null {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const hops = forwarded.map((hop) => plain(hop.trim())).filter((hop) => hop !== "");
  let address = plain(socket.remoteAddress ?? "");
  while (trusted && isTrusted(address, trusted) && hops.length > 0) address = hops.pop()!;
  return isIP(address) ? address : null;
}

const isTrusted = (address: string, trusted: BlockList): boolean => {
  const family = isIP(address);
  return family !== 0 && trusted.check(address, family === 4 ? "ipv4" : "ipv6");
};

/** An IPv4 address that came in over IPv6 is the IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, "");
