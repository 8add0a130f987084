import { isIP, SocketAddress } from "node:net";

/**
 * An IPv4 or IPv6 address as it is compared (RFC 5952): in small letters, zeros left out, an IPv4 address that is written
 * as IPv6 as the IPv4 address. Null for what is no address, and for one that names an interface (`fe80::1%eth0`).
 */
export function normalAddress(written: string): string | null {
  const version = isIP(written);
  if (version === 0 || written.includes("%")) return null;
  const { address } = new SocketAddress({ address: written, family: version === 4 ? "ipv4" : "ipv6" });
  return address.replace(/^::ffff:(?=\d+\.)/, "");
}
