import { connect } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { createGate } from "../../src/http/gate.js";
import type { Readiness } from "../../src/http/health.js";
import { openDoor, sam, sendTo, tim } from "./open-door.js";

/** Lets the process go on until something is so. */
async function until(isSo: () => boolean) {
  while (!isSo()) await turn();
}

/** What a connection sends back to some bytes, until it is closed. */
const raw = (port: number, bytes: string) =>
  new Promise<{ text: string; ms: number }>((resolve) => {
    const started = performance.now();
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve({ text, ms: performance.now() - started }));
  });

describe("overload", () => {
  test("what finds no place in the queue is turned away at once: 503, OVERLOADED, retry-after", async () => {
    const { query, hold, finish, executed } = await openDoor({ limits: { concurrency: 1, queue: 1 } });
    hold();
    const first = query('{ work(name: "first") }');
    await until(() => executed.length === 1);
    const others = [query('{ work(name: "other") }'), query('{ work(name: "other") }')];
    const refused = await Promise.race(others);
    expect(refused).toMatchObject({ status: 503, codes: ["OVERLOADED"], headers: { "retry-after": "2" } });
    expect(refused.ms).toBeLessThan(1000);
    finish();
    expect((await first).status).toBe(200);
    expect((await Promise.all(others)).map(({ status }) => status).sort()).toEqual([200, 503]);
    expect(executed).toEqual(["first", "other"]);
  });

  test("what waits too long is turned away, within 2 s, and never executed", async () => {
    const { query, hold, finish, executed } = await openDoor({ limits: { concurrency: 1, queueMs: 50 } });
    hold();
    const first = query("{ work }");
    await until(() => executed.length === 1);
    const late = await query('{ work(name: "late") }');
    expect(late).toMatchObject({ status: 503, codes: ["OVERLOADED"] });
    expect(late.ms).toBeLessThan(2000);
    finish();
    await first;
    expect(executed).toEqual(["work"]);
  });

  test("what takes too long is answered without its result", async () => {
    const { query, hold, finish } = await openDoor({ limits: { executionMs: 50 } });
    hold();
    expect(await query("{ work }")).toMatchObject({ status: 503, codes: ["OVERLOADED"] });
    finish();
  });

  test("health is answered while operations are turned away", async () => {
    const { query, send, hold, finish, executed } = await openDoor({ limits: { concurrency: 1, queue: 0 } });
    hold();
    const first = query("{ work }");
    await until(() => executed.length === 1);
    expect((await query("{ work }")).status).toBe(503);
    expect((await send({ method: "GET", path: "/health/ready" })).status).toBe(200);
    finish();
    await first;
  });

  test("one caller's large operations wait for each other, and for nobody else's small ones", async () => {
    const { query, hold, finish, executed } = await openDoor({
      limits: { share: 2, valuesPerPlace: 1000, queueMs: 50 },
    });
    hold();
    const large = (name: string) => `{ work(name: "${name}") customers(first: 500) { nodes { id name } } }`;
    const first = query(large("large"));
    await until(() => executed.length === 1);
    const [others, own] = [await query(large("another's"), {}, tim), await query("{ __typename }")];
    expect([others.status, own.status]).toEqual([503, 503]);
    expect(others.text).not.toContain("your own requests");
    expect(own.text).toContain("As many of your own requests are at work as the server admits");
    expect((await query("{ __typename }", {}, tim)).status).toBe(200);
    finish();
    expect((await first).status).toBe(200);
    expect(executed).toEqual(["large"]);
  });

  test("a stranger who writes somebody's id where the token belongs takes nothing of their share", async () => {
    const { query, hold, finish, executed } = await openDoor({ limits: { share: 1, queueMs: 50 } });
    hold();
    const first = query("{ work }");
    await until(() => executed.length === 1);
    expect((await query("{ __typename }", {}, { authorization: "emp_sam" })).status).toBe(401);
    finish();
    await first;
  });

  test("bodies together are bounded", async () => {
    const { query, hold, finish, executed } = await openDoor({ limits: { bufferedBytes: 20_000 } });
    hold();
    const big = "query ($t: String) { work(name: $t) }";
    const first = query(big, { t: "x".repeat(15_000) });
    await until(() => executed.length === 1);
    expect(await query(big, { t: "x".repeat(15_000) })).toMatchObject({ status: 503, codes: ["OVERLOADED"] });
    finish();
    await first;
    expect(await query(big, { t: "x".repeat(15_000) })).toMatchObject({ status: 200 });
  });
});

describe("a gate", () => {
  const limits = { concurrency: 4, share: 2, queue: 4, shareOfQueue: 3, queueMs: 1500 };
  const stay = new AbortController().signal;

  /** Requests by name that come to a gate: who has entered, who was turned away, and who leaves when. */
  function comers(gate = createGate(limits)) {
    const entered: string[] = [];
    const refused: string[] = [];
    const inside = new Map<string, () => void>();
    const come = async (name: string, places = 1, gone = stay) => {
      const turn = gate.turn("unknown", gone);
      const [who] = name;
      const taking = turn.take(who!, places);
      await taking.then(
        () => {
          entered.push(name);
          inside.set(name, turn.leave);
        },
        (error) => {
          expect(error).toMatchObject({ extensions: { code: "OVERLOADED" } });
          refused.push(name);
        },
      );
    };
    const leave = async (...names: string[]) => {
      for (const name of names) {
        inside.get(name)!();
        await turn();
      }
    };
    return { come, leave, entered, refused, gate };
  }

  test.each<{
    rule: string;
    come: [string, number?][];
    enters: string;
    leave: string[];
    follow: string;
    refused?: string;
  }>([
    {
      rule: "nobody takes more than their share, and first come is first served",
      come: [["a1"], ["a2"], ["a3"], ["a4"]],
      enters: "a1 a2",
      leave: ["a2", "a1"],
      follow: "a3 a4",
    },
    {
      rule: "one caller's many do not hold up another",
      come: [["a1"], ["a2"], ["a3"], ["b1"], ["b2"]],
      enters: "a1 a2 b1 b2",
      leave: ["b1", "b2", "a1"],
      follow: "a3",
    },
    {
      rule: "no more than there are places, and who waits takes turns by caller",
      come: [["a1"], ["a2"], ["b1"], ["b2"], ["c1"], ["c2"], ["c3"], ["d1"]],
      enters: "a1 a2 b1 b2",
      leave: ["a1", "a2", "b1", "b2"],
      follow: "c1 d1 c2",
    },
    {
      rule: "nobody takes more than their share of the queue",
      come: [["a1"], ["a2"], ["a3"], ["a4"], ["a5"], ["a6"], ["b1"], ["b2"], ["b3"]],
      enters: "a1 a2 b1 b2",
      leave: ["b1"],
      follow: "b3",
      refused: "a6",
    },
    {
      rule: "the queue has an end",
      come: [["a1"], ["a2"], ["a3"], ["a4"], ["b1"], ["b2"], ["b3"], ["b4"], ["c1"]],
      enters: "a1 a2 b1 b2",
      leave: ["a1"],
      follow: "a3",
      refused: "c1",
    },
    {
      rule: "large ones have one share together, and small ones pass them",
      come: [["a1", 2], ["b1", 2], ["c1"], ["b2"]],
      enters: "a1 c1 b2",
      leave: ["a1", "b2"],
      follow: "b1",
    },
    {
      rule: "one that is larger than a share takes a whole one",
      come: [["a1", 9], ["a2"]],
      enters: "a1",
      leave: ["a1"],
      follow: "a2",
    },
  ])("$rule", async ({ come, enters, leave, follow, refused = "" }) => {
    const gate = comers();
    for (const [name, places] of come) void gate.come(name, places);
    await turn();
    expect(gate.entered.join(" ")).toBe(enters);
    await gate.leave(...leave);
    expect(gate.entered.join(" ")).toBe(`${enters} ${follow}`);
    expect(gate.refused.join(" ")).toBe(refused);
  });

  test("who takes anew gives back first, and is let in again without a wait where there is room", async () => {
    const gate = createGate({ ...limits, concurrency: 1 });
    const first = gate.turn("somebody", stay);
    await first.take(null);
    await first.take("sam");
    const other = gate.turn("somebody", stay);
    const taking = other.take(null);
    first.leave();
    await taking;
    other.leave();
    await gate.idle();
  });

  test("turns away after the wait, and forgets who has gone", async () => {
    vi.useFakeTimers();
    try {
      const { come, leave, entered, refused, gate } = comers(createGate({ ...limits, concurrency: 1 }));
      const leaving = new AbortController();
      await come("a1");
      const late = come("a2");
      const gone = come("b1", 1, leaving.signal);
      leaving.abort();
      await gone;
      expect(refused).toEqual(["b1"]);
      await vi.advanceTimersByTimeAsync(1500);
      await late;
      vi.useRealTimers();
      await leave("a1");
      await gate.idle();
      expect(entered).toEqual(["a1"]);
      expect(refused).toEqual(["b1", "a2"]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("slow and broken clients", () => {
  test.each([
    { name: "headers that never end", bytes: "POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-A: " },
    {
      name: "a body that never ends",
      bytes:
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    },
    { name: "nothing at all", bytes: "" },
  ])("$name: cut off", async ({ bytes }) => {
    const { port, query } = await openDoor({ limits: { headersMs: 200, requestMs: 300 } });
    const { ms } = await raw(port, bytes);
    expect(ms).toBeLessThan(4000);
    expect((await query("{ __typename }")).status).toBe(200);
  });

  test.each([
    { name: "no Host", bytes: "GET /health/live HTTP/1.0\r\n\r\n", status: 421 },
    {
      name: "another host in the request line",
      bytes: "GET http://evil.example/graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      status: 404,
    },
    { name: "not HTTP", bytes: "\x16\x03\x01\x02\r\n\r\n", status: 400 },
    {
      name: "two lengths",
      bytes:
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      status: 400,
    },
    {
      name: "20 kB of headers",
      bytes: `GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: ${"x".repeat(20_000)}\r\n\r\n`,
      status: 431,
    },
  ])("$name: $status", async ({ bytes, status }) => {
    const { port, query } = await openDoor();
    expect((await raw(port, bytes)).text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await query("{ __typename }")).status).toBe(200);
  });

  test("a client that leaves while its operation waits: not executed, and nothing breaks", async () => {
    const { query, port, hold, finish, executed, log } = await openDoor({ limits: { concurrency: 1 } });
    hold();
    const first = query("{ work }");
    await until(() => executed.length === 1);
    const leaving = new AbortController();
    const left = sendTo(port, {
      headers: { "content-type": "application/json", ...sam },
      body: '{"query":"{ work(name: \\"left\\") }"}',
      signal: leaving.signal,
    });
    // Behind it in the queue stands another, so the first of the two has arrived when this one has.
    const other = query('{ work(name: "other") }');
    leaving.abort();
    await expect(left).rejects.toThrow();
    finish();
    await Promise.all([first, other]);
    expect(executed).toEqual(["work", "other"]);
    expect(log().filter(({ msg }) => msg === "internal error")).toEqual([]);
  });

  test("a client that leaves while its operation runs, or in the middle of its body", async () => {
    const { query, port, hold, finish, executed, log } = await openDoor();
    hold();
    const leaving = new AbortController();
    const left = sendTo(port, {
      headers: { "content-type": "application/json", ...sam },
      body: '{"query":"{ work }"}',
      signal: leaving.signal,
    });
    await until(() => executed.length === 1);
    leaving.abort();
    await expect(left).rejects.toThrow();
    const half = connect(port, "127.0.0.1");
    half.write(
      "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    );
    await turn();
    half.destroy();
    finish();
    expect((await query("{ __typename }")).status).toBe(200);
    await until(() => log().filter(({ aborted }) => aborted).length >= 1);
    expect(log().filter(({ msg }) => msg === "internal error")).toEqual([]);
  });
});

describe("closing", () => {
  test("finishes what is in flight, takes nothing new, says so to readiness and to kept connections", async () => {
    const { query, door, port, hold, finish, executed } = await openDoor({ limits: { lingerMs: 300 } });
    hold();
    const inFlight = query("{ work }");
    const kept = connect(port, "127.0.0.1");
    let heard = "";
    kept.on("data", (chunk) => {
      heard += chunk;
    });
    kept.write("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await until(() => executed.length === 1 && heard.includes("200 OK"));
    const closed = door.close();
    await expect(query("{ __typename }")).rejects.toThrow(/ECONNREFUSED/);
    kept.write("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await until(() => heard.includes("503 Service Unavailable"));
    expect(heard.slice(heard.indexOf("503"))).toMatch(/connection: close/i);
    finish();
    expect(await inFlight).toMatchObject({ status: 200, headers: { connection: "close" } });
    await closed;
  });

  test("waits no longer than its bound, whatever hangs", async () => {
    const { query, door, port, hold, executed } = await openDoor({ limits: { drainMs: 100 } });
    hold();
    const hanging = expect(query("{ work }")).rejects.toThrow();
    await until(() => executed.length === 1);
    connect(port, "127.0.0.1").on("error", () => undefined);
    const started = performance.now();
    await door.close();
    expect(performance.now() - started).toBeLessThan(1000);
    await hanging;
  });

  test("a connection that never said anything does not hold it up", async () => {
    const { door, port } = await openDoor();
    const silent = connect(port, "127.0.0.1");
    await new Promise((resolve) => silent.once("connect", resolve));
    const started = performance.now();
    await door.close();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("/health", () => {
  test.each([
    { name: "answers", ready: async () => ({ ready: true, status: "ready" }), status: 200, state: "ready" },
    {
      name: "has a remark",
      ready: async () => ({ ready: true, status: "ready; but" }),
      status: 200,
      state: "ready; but",
    },
    {
      name: "fails",
      ready: () => Promise.reject(new Error("away")),
      status: 503,
      state: "database does not answer",
    },
    {
      name: "is silent",
      ready: () => new Promise<never>(() => {}),
      status: 503,
      state: "database does not answer",
    },
  ])("ready when the database $name: $status", async ({ ready, status, state }) => {
    const { send } = await openDoor({ ready, limits: { readyMs: 50 } });
    const answer = await send({ method: "GET", path: "/health/ready" });
    expect(answer).toMatchObject({ status, json: { status: state } });
    expect(await send({ method: "GET", path: "/health/live" })).toMatchObject({
      status: 200,
      json: { status: "live" },
    });
  });

  test("the database is asked once at a time", async () => {
    let asked = 0;
    let answer = (_: Readiness) => {};
    const ready = () => {
      asked += 1;
      return new Promise<Readiness>((resolve) => {
        answer = resolve;
      });
    };
    const { send } = await openDoor({ ready });
    const all = Array.from({ length: 20 }, () => send({ method: "GET", path: "/health/ready" }));
    await until(() => asked === 1);
    await send({ method: "GET", path: "/health/live" });
    answer({ ready: true, status: "ready" });
    expect((await Promise.all(all)).every(({ status }) => status === 200 || status === 503)).toBe(true);
    expect(asked).toBeLessThan(20);
  });

  test("can only be got", async () => {
    const { send } = await openDoor();
    expect(await send({ method: "POST", path: "/health/live" })).toMatchObject({
      status: 405,
      headers: { allow: "GET, HEAD" },
    });
    expect(await send({ method: "HEAD", path: "/health/live" })).toMatchObject({ status: 200, text: "" });
  });
});
