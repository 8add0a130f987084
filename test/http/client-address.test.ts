import type { IncomingMessage } from "node:http";
import { BlockList } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "../../src/http/client-address.js";

const proxies = new BlockList();
proxies.addSubnet("10.0.0.0", 8, "ipv4");

test.each<[string, string, string | undefined, string | null]>([
  ["nobody between", "203.0.113.5", undefined, "203.0.113.5"],
  ["a stranger's word is not taken", "203.0.113.5", "198.51.100.7", "203.0.113.5"],
  ["a trusted proxy's word is", "10.1.1.1", "198.51.100.7", "198.51.100.7"],
  ["only the last hop that it did not make up", "10.1.1.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"],
  ["through two trusted proxies", "10.1.1.1", "198.51.100.7, 10.2.2.2", "198.51.100.7"],
  ["a trusted proxy that says nothing", "10.1.1.1", undefined, "10.1.1.1"],
  ["IPv4 in IPv6", "::ffff:10.1.1.1", "::ffff:198.51.100.7", "198.51.100.7"],
  ["a word that is no address", "10.1.1.1", "<script>", null],
])("%s", (_case, remoteAddress, forwarded, address) => {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  expect(clientAddress({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, proxies)).toBe(
    address,
  );
});

test("without trusted proxies nobody's word is taken", () => {
  const request = { headers: { "x-forwarded-for": "198.51.100.7" }, socket: { remoteAddress: "10.1.1.1" } };
  expect(clientAddress(request as unknown as IncomingMessage)).toBe("10.1.1.1");
});
