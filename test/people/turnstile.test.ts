import { expect, test } from "vitest";
import { createTurnstile } from "../../src/people/turnstile.js";

test("two pass at once, three wait in turn, the sixth is refused, and the places come back", async () => {
  const pass = createTurnstile(2, 3);
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const come = (visitor: number) =>
    pass(() => {
      started.push(visitor);
      return new Promise<void>((resolve) => finish.push(resolve));
    });
  const visits = [1, 2, 3, 4, 5].map(come);
  expect(started).toEqual([1, 2]);
  await expect(come(6)).rejects.toMatchObject({ extensions: { code: "OVERLOADED", http: { status: 503 } } });
  for (let done = 0; done < visits.length; done++) {
    finish[done]?.();
    await visits[done];
  }
  expect(started).toEqual([1, 2, 3, 4, 5]);
  const last = come(7);
  expect(started).toContain(7);
  finish[5]?.();
  await last;
});

test("a task that fails gives its place back", async () => {
  const pass = createTurnstile(1, 0);
  await expect(pass(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await pass(async () => "passed")).toBe("passed");
});
