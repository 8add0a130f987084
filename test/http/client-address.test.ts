import type { IncomingMessage } from "node:http";
import { BlockList } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "../../src/http/client-address.js";

const proxies = new BlockList();
proxies.addSubnet("10.0.0.0", 8, "ipv4");
proxies.addSubnet("fd00::", 8, "ipv6");

test.each<[string, string, string | undefined, string | null]>([
  ["nobody between", "203.0.113.5", undefined, "203.0.113.5"],
  ["a stranger's word is not taken", "203.0.113.5", "198.51.100.7", "203.0.113.5"],
  ["a trusted proxy's word is", "10.1.1.1", "198.51.100.7", "198.51.100.7"],
  ["only the last hop that it did not make up", "10.1.1.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"],
  ["through two trusted proxies", "10.1.1.1", "198.51.100.7, 10.2.2.2", "198.51.100.7"],
  ["a trusted proxy that says nothing", "10.1.1.1", undefined, "10.1.1.1"],
  ["IPv4 in IPv6", "::ffff:10.1.1.1", "::ffff:198.51.100.7", "198.51.100.7"],
  ["IPv4 in IPv6, in hexadecimal", "::ffff:a01:101", "::FFFF:C633:6407", "198.51.100.7"],
  ["IPv6 in its normal form", "10.1.1.1", "2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["IPv6, directly", "2001:DB8::0:1", undefined, "2001:db8::1"],
  ["a neighbour on a link, whose interface is ours", "fe80::1%eth0", undefined, "fe80::1"],
  ["a trusted proxy over IPv6 and another one", "fd00::1", "1.2.3.4, fd00:0::2", "1.2.3.4"],
  ["a stranger who calls itself a proxy's", "203.0.113.5", "10.1.1.1", "203.0.113.5"],
  ["a stranger behind what it says of itself", "10.1.1.1", "10.3.3.3, 203.0.113.5", "203.0.113.5"],
  ["nothing between commas", "10.1.1.1", " , 198.51.100.7, ,", "198.51.100.7"],
  ["a word that is no address", "10.1.1.1", "<script>", null],
  ["a word that is no address, after one that is", "10.1.1.1", "198.51.100.7, unknown", null],
  ["an address with a port", "10.1.1.1", "198.51.100.7:443", null],
])("%s", (_case, remoteAddress, forwarded, address) => {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  expect(clientAddress({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, proxies)).toBe(
    address,
  );
});

test("no other header says where a request came from", () => {
  const headers = { forwarded: "for=198.51.100.7", "x-real-ip": "198.51.100.7", via: "198.51.100.7" };
  const request = { headers, socket: { remoteAddress: "10.1.1.1" } } as unknown as IncomingMessage;
  expect(clientAddress(request, proxies)).toBe("10.1.1.1");
});

test("without trusted proxies nobody's word is taken", () => {
  const request = { headers: { "x-forwarded-for": "198.51.100.7" }, socket: { remoteAddress: "10.1.1.1" } };
  expect(clientAddress(request as unknown as IncomingMessage)).toBe("10.1.1.1");
});
