/* Loaded into a worker with --import: half a second after the start, the wall clock jumps by CLOCK_JUMP_MS, as when a
   virtual machine wakes or somebody sets the time. Monotonic clocks do not change, as in reality. */
const jumpMs = Number(process.env.CLOCK_JUMP_MS ?? "0");
const RealDate = Date;
const jumpsAt = RealDate.now() + 500;

function now(): number {
  const real = RealDate.now();
  return real < jumpsAt ? real : real + jumpMs;
}

globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static override now = now;
} as DateConstructor;

export {};
