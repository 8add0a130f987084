import type { IncomingMessage } from "node:http";
import { type BlockList, isIPv4 } from "node:net";
import { normalAddress } from "../network-address.js";

/**
 * The address that a request came from, in normal form. What a proxy says of it (`x-forwarded-for`) counts only as far as it is a
 * trusted one that says so: read from the end, the first address that is not a trusted proxy's is the caller's.
 */
export function clientAddress({ headers, socket }: IncomingMessage, trusted?: BlockList): string | null {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const hops = forwarded.map((hop) => hop.trim()).filter((hop) => hop !== "");
  let address = addressOf(socket.remoteAddress ?? "");
  while (trusted && address && isTrusted(address, trusted) && hops.length > 0)
    address = addressOf(hops.pop()!);
  return address;
}

const isTrusted = (address: string, trusted: BlockList): boolean =>
  trusted.check(address, isIPv4(address) ? "ipv4" : "ipv6");

/** The interface that a link-local address came in by is this machine's, and not the caller's. */
const addressOf = (written: string): string | null => normalAddress(written.replace(/%.*$/, ""));
