// Numbers that look random and are the same in every run.

/** A function that gives whole numbers of 32 bits (mulberry32); the same seed gives the same ones. */
export function bitsFrom(seed) {
  let state = seed;
  return function bits() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
