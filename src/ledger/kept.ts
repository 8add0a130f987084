import { found } from "./finding.js";
import { isAsSigned, type PublicKeys, type Seal } from "./seal.js";

/** Seals that were kept elsewhere, gone along with beside those of the ledger. A file may hold one twice, or lack some. */
export class Kept {
  compared = 0;
  private readonly seals: AsyncIterator<Seal>;
  private next: Seal | null | undefined;

  constructor(
    seals: AsyncIterable<Seal>,
    private readonly keys: PublicKeys,
  ) {
    this.seals = seals[Symbol.asyncIterator]();
  }

  /** The next of them that was signed with one of our keys: what else is in the file says nothing. */
  private async read(): Promise<Seal | null> {
    for (;;) {
      const { value, done } = await this.seals.next();
      if (done) return null;
      if (isAsSigned(value, this.keys)) return value;
    }
  }

  /** What was kept of this seal is what stands there. */
  async check(seal: Seal): Promise<void> {
    if (this.next === undefined) this.next = await this.read();
    while (this.next && this.next.number <= seal.number) {
      if (this.next.number === seal.number) this.compare(this.next, seal);
      this.next = await this.read();
    }
  }

  private compare(kept: Seal, { number, hash }: Seal): void {
    this.compared += 1;
    if (kept.hash !== hash)
      found({
        ...{ kind: "REWRITTEN", seal: number },
        says: `Seal ${number} is not the one that was kept: what it covers was written anew.`,
      });
  }

  async checkNoneBeyond(last: Seal | null): Promise<void> {
    if (this.next === undefined) this.next = await this.read();
    const number = last?.number ?? 0;
    // A file may begin again with seals of before, as when it was copied from several servers.
    while (this.next && this.next.number <= number) this.next = await this.read();
    if (this.next)
      found({
        kind: "SEAL_MISSING",
        seal: number + 1,
        says: `Seal ${number + 1} is missing, and ${this.next.number} was kept elsewhere: the ledger is an older copy, or its end was cut off.`,
      });
  }
}
