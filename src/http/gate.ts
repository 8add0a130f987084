import type { Limits } from "./limits.js";
import { overloaded } from "./refusals.js";

/** One request's way through the gate. */
export interface Turn {
  /**
   * Gives back the places that it holds and waits for `places` of the share of `who`; null is the sender of the request,
   * before it is known who that is. Throws OVERLOADED when there are none in time, too many wait already, or nobody
   * waits for the answer any more.
   */
  take(who: string | null, places?: number): Promise<void>;
  /** Gives back the places that it holds. The end of the turn. */
  leave(): void;
}

export interface Gate {
  turn(sender: string, gone: AbortSignal): Turn;
  /** Resolves when nothing is at work. */
  idle(): Promise<void>;
}

interface Share {
  taken: number;
  readonly waiting: Set<Waiter>;
}

const ownRequests =
  "As many of your own requests are at work as the server admits; try again after the time in retry-after.";

const isEmpty = ({ taken, waiting }: Share) => taken === 0 && waiting.size === 0;

interface Held {
  readonly share: Share;
  readonly places: number;
}

interface Waiter {
  readonly places: number;
  readonly enter: () => void;
}

/**
 * Bounded work, a bounded queue before it, and a bounded wait in it. Nobody's requests hold up another's: each caller
 * has a share of the places and of the queue, and the callers that wait take turns. Large operations, those of more than
 * one place, have one share together: a long one never keeps many small ones waiting.
 */
export function createGate({
  concurrency,
  share: most,
  queue,
  shareOfQueue,
  queueMs,
}: Pick<Limits, "concurrency" | "share" | "queue" | "shareOfQueue" | "queueMs">): Gate {
  let taken = 0;
  /** Those taken by operations that took more than one. */
  let large = 0;
  let waiting = 0;
  const shares = new Map<string, Share>();
  const whenIdle = new Set<() => void>();

  const shareOf = (who: string): Share => {
    const share = shares.get(who) ?? { taken: 0, waiting: new Set() };
    shares.set(who, share);
    return share;
  };

  const fits = (share: Share, places: number) =>
    taken + places <= concurrency && share.taken + places <= most && (places === 1 || large + places <= most);

  /** `sign` is 1 to take the places and -1 to give them back. */
  const count = ({ share, places }: Held, sign: 1 | -1) => {
    taken += sign * places;
    share.taken += sign * places;
    if (places > 1) large += sign * places;
  };

  /** The first that fits, of the first caller who has one; that caller then stands behind the others. */
  const next = (): Waiter | undefined => {
    for (const [who, share] of shares) {
      const waiter = [...share.waiting].find(({ places }) => fits(share, places));
      if (waiter || isEmpty(share)) shares.delete(who);
      if (waiter) shares.set(who, share);
      if (waiter) return waiter;
    }
    return undefined;
  };

  const admit = () => {
    for (let waiter = next(); waiter; waiter = next()) waiter.enter();
    if (taken > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle.clear();
  };

  const wait = (share: Share, places: number, patience: number, gone: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const turnAway = () => reject(overloaded(share.taken + places > most ? ownRequests : undefined));
      if (waiting >= queue || share.waiting.size >= shareOfQueue || gone.aborted) return turnAway();
      const leave = () => {
        clearTimeout(timer);
        gone.removeEventListener("abort", giveUp);
        share.waiting.delete(waiter);
        waiting -= 1;
      };
      const enter = () => {
        leave();
        count({ share, places }, 1);
        resolve();
      };
      const giveUp = () => {
        leave();
        turnAway();
      };
      const waiter = { places, enter };
      const timer = setTimeout(giveUp, patience);
      gone.addEventListener("abort", giveUp);
      share.waiting.add(waiter);
      waiting += 1;
    });

  const turn = (sender: string, gone: AbortSignal): Turn => {
    let held: Held | undefined;
    let patience = queueMs;
    const giveBack = () => {
      if (held) count(held, -1);
      held = undefined;
    };
    return {
      async take(who, wanted = 1) {
        giveBack();
        const share = shareOf(who ?? sender);
        const places = Math.min(wanted, most, concurrency);
        // Whoever waits does not fit, so nobody of this size is passed.
        const began = performance.now();
        const entered = fits(share, places)
          ? count({ share, places }, 1)
          : wait(share, places, patience, gone);
        admit();
        await entered;
        patience -= performance.now() - began;
        held = { share, places };
      },
      leave() {
        giveBack();
        admit();
      },
    };
  };

  return { turn, idle: () => new Promise((resolve) => (taken === 0 ? resolve() : whenIdle.add(resolve))) };
}
