import { connect } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { createGate } from "../../src/http/gate.js";
import { openDoor, sam, sendTo } from "./open-door.js";

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
  const limits = { concurrency: 2, queue: 2, queueMs: 1500 };
  const stay = new AbortController().signal;

  test("lets in at most so many, first come first served", async () => {
    const gate = createGate(limits);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = (name: number) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    };
    const all = [1, 2, 3, 4].map((name) => gate.pass(work(name), stay));
    await expect(gate.pass(work(5), stay)).rejects.toMatchObject({ extensions: { code: "OVERLOADED" } });
    expect(begun).toEqual([1, 2]);
    for (const expected of [3, 4]) {
      ends.shift()!();
      await until(() => begun.includes(expected));
      expect(begun.at(-1)).toBe(expected);
    }
    for (const end of ends) end();
    await Promise.all(all);
    await gate.idle();
  });

  test("gives its place on when work fails", async () => {
    const gate = createGate({ ...limits, concurrency: 1 });
    await expect(gate.pass(() => Promise.reject(new Error("no")), stay)).rejects.toThrow("no");
    expect(await gate.pass(async () => "yes", stay)).toBe("yes");
  });

  test("turns away after the wait, and forgets who has gone", async () => {
    vi.useFakeTimers();
    try {
      const gate = createGate({ ...limits, concurrency: 1 });
      let end = () => {};
      const first = gate.pass(() => new Promise<void>((resolve) => (end = resolve)), stay);
      const leaving = new AbortController();
      const never = vi.fn(async () => {});
      const late = expect(gate.pass(never, stay)).rejects.toMatchObject({
        extensions: { code: "OVERLOADED" },
      });
      const gone = expect(gate.pass(never, leaving.signal)).rejects.toThrow();
      leaving.abort();
      await gone;
      await vi.advanceTimersByTimeAsync(1500);
      await late;
      end();
      await first;
      await gate.idle();
      expect(never).not.toHaveBeenCalled();
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
    { name: "answers", ready: async () => true, status: 200, state: "ready" },
    { name: "says no", ready: async () => false, status: 503, state: "database does not answer" },
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
    let answer = (_: boolean) => {};
    const ready = () => {
      asked += 1;
      return new Promise<boolean>((resolve) => {
        answer = resolve;
      });
    };
    const { send } = await openDoor({ ready });
    const all = Array.from({ length: 20 }, () => send({ method: "GET", path: "/health/ready" }));
    await until(() => asked === 1);
    await send({ method: "GET", path: "/health/live" });
    answer(true);
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
