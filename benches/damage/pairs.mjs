// Counts the pairs of neighbouring characters in the demonstration portal's texts and prints the table
// that src/check/text/language.rs reads: a weight, then the pairs of that weight.
//
//     node benches/damage/pairs.mjs > src/check/text/language_pairs.txt
//
// What is counted is text that was written for this project; a pair and its number are no piece of it.

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const content = join(dirname(fileURLToPath(import.meta.url)), '../../content');
const counts = new Map();
const isCounted = (letter) => /[\p{Script=Han}，。、；：“”（）？！]/u.test(letter);

for (const name of readdirSync(content, { recursive: true }).sort()) {
  if (!name.endsWith('.md')) continue;
  for (const line of readFileSync(join(content, name), 'utf8').split('\n')) {
    const letters = [...line];
    for (let at = 1; at < letters.length; at++) {
      const pair = letters[at - 1] + letters[at];
      if (isCounted(letters[at - 1]) && isCounted(letters[at])) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
}

// Weights are rounded to powers of two, so that the table stays small and says nothing of the texts' order.
const byWeight = new Map();
for (const [pair, count] of counts) {
  if (count < 3) continue;
  const weight = 2 ** Math.floor(Math.log2(count));
  byWeight.set(weight, [...(byWeight.get(weight) ?? []), pair]);
}
for (const weight of [...byWeight.keys()].sort((a, b) => b - a)) {
  console.log(`${weight} ${byWeight.get(weight).sort().join('')}`);
}
