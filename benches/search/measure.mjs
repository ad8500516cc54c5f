// Measures the search of a built portal in Chromium: how large the index is, what a query loads, how long it takes.
//
//   node benches/search/measure.mjs PUBLIC [QUERIES]
//
// What it needs is in chromium.mjs one folder up. The queries (200 if nothing is said) are runs of 1 to 8 letters,
// cut out of the visible text of random pages; the same portal gives the same queries. The numbers depend on the
// machine, so nothing is asserted here. Printed:
//
//   index        bytes of the lists of pages, as a share of the text; of the texts that passages are cut from
//   cold         each query on a page that was just opened: files and bytes with the index itself, milliseconds
//   next         the same on one page, query after query
//   again        queries that were asked before
//
// Milliseconds run from the input of the whole query, as a word from an input method or a paste is, to the finished
// list.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

import { serve, sleep, startChromium } from "../chromium.mjs";
import { bitsFrom } from "../random.mjs";

const [folder, count = "200"] = process.argv.slice(2);
if (!folder) {
  console.error("node benches/search/measure.mjs PUBLIC [QUERIES]");
  process.exit(2);
}
const data = join(folder, "data", "search");
const files = readdirSync(data);
const bytesOf = (kind) => files.filter((name) => name.startsWith(kind)).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);

// ---- The texts, as the search has them.
const texts = [];
const context = { hongtuSearch: { receive: (path, { start, pages }) => pages.forEach((page, at) => { texts[start + at] = page; }) } };
for (const name of files.filter((name) => name.startsWith("texts-"))) vm.runInNewContext(readFileSync(join(data, name), "utf8"), context);
const textBytes = texts.reduce((sum, page) => sum + page[3].reduce((all, [, text]) => all + Buffer.byteLength(text), 0), 0);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
const share = (bytes) => `${(100 * bytes / textBytes).toFixed(1)} %`;
const lists = bytesOf("grams-") + bytesOf("index-");
console.log(`pages        ${texts.length}, text ${megabytes(textBytes)}`);
console.log(`index        ${megabytes(lists)} in ${files.filter((name) => /^(grams|index)-/.test(name)).length} files, ${share(lists)} of the text`);
console.log(`passages     ${megabytes(bytesOf("texts-"))}, for the results that are shown`);

// ---- Queries.
const bits = bitsFrom(20261122);
const random = (end) => bits() % end;
const queries = new Set();
while (queries.size < Number(count)) {
  const passages = texts[random(texts.length)][3];
  const letters = Array.from(passages[random(passages.length)][1]);
  const length = 1 + random(8);
  const query = letters.slice(random(Math.max(1, letters.length - length + 1))).slice(0, length).join("");
  if (query && query === query.trim() && !/^[-"“「]/.test(query)) queries.add(query);
}
const all = [...queries];

// ---- In the browser.
const base = await serve(folder);
const { on, ask, open } = await startChromium();
const loaded = { files: 0, bytes: 0 };
const addresses = new Map();
on("Network.responseReceived", ({ requestId, response }) => addresses.set(requestId, response.url));
on("Network.dataReceived", ({ requestId, dataLength }) => {
  if ((addresses.get(requestId) || "").includes("/data/search/")) loaded.bytes += dataLength;
});
on("Network.requestWillBeSent", ({ request }) => { if (request.url.includes("/data/search/")) loaded.files++; });
const run = (query) => ask(`new Promise((done) => {
  const field = document.getElementById("search-text"), list = document.getElementById("results");
  const begin = performance.now();
  new MutationObserver((changes, observer) => {
    if (list.dataset.state !== "done") return;
    observer.disconnect();
    done(performance.now() - begin);
  }).observe(list, { attributes: true });
  field.value = ${JSON.stringify(query)};
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
})`);
async function measured(query) {
  const before = { ...loaded };
  // Who types on is waited for: between two queries is time.
  await sleep(250);
  const time = await run(query);
  return { time, files: loaded.files - before.files, bytes: loaded.bytes - before.bytes };
}
function line(name, rows) {
  const at = (key, part) => rows.map((row) => row[key]).sort((one, two) => one - two)[Math.min(rows.length - 1, Math.floor(rows.length * part))];
  const kilobytes = (part) => (at("bytes", part) / 1000).toFixed(0);
  console.log(`${name.padEnd(12)} ${at("time", 0.5).toFixed(0)} ms, 95 % within ${at("time", 0.95).toFixed(0)} ms; ` +
    `${at("files", 0.5)} files, 95 % ${at("files", 0.95)}; ${kilobytes(0.5)} kB, 95 % ${kilobytes(0.95)} kB`);
}
const cold = [];
for (const query of all.slice(0, 30)) {
  await open("about:blank");
  const before = { ...loaded };
  await open(`${base}search.html`);
  await sleep(300);
  const row = await measured(query);
  cold.push({ time: row.time, files: loaded.files - before.files, bytes: loaded.bytes - before.bytes });
}
line("cold", cold);
const next = [];
for (const query of all) next.push(await measured(query));
line("next", next);
const again = [];
for (const query of all.slice(-60)) again.push(await measured(`${query} `));
line("again", again);
process.exit(0);
