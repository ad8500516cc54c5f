// What the measurements beside this file share: a folder over HTTP, and a Chromium that is told what to do
// over its own protocol. Node 22 or newer (20: with --experimental-websocket), no packages. Chromium is taken
// from CHROMIUM, else `chromium` of the PATH.

import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const KINDS = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".json": "application/json", ".svg": "image/svg+xml", ".webp": "image/webp", ".wasm": "application/wasm",
};

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Serves a folder as it lies on the disk; the address ends in `/`. `tell` hears of each path and its bytes. */
export async function serve(folder, tell = () => {}) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(request.url.split("?")[0]));
    const file = join(folder, path);
    if (path.startsWith("..") || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": KINDS[extname(file)] || "application/octet-stream" });
    tell(path, statSync(file).size);
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${server.address().port}/`;
}

/** A browser with one tab of the size of a desk: `call` a command, listen `on` an event, `ask` for a value. */
export async function startChromium() {
  const profile = mkdtempSync(join(tmpdir(), "hongtu-bench-"));
  const browser = spawn(process.env.CHROMIUM || "chromium", [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank",
  ], { stdio: "ignore" });
  browser.on("error", (error) => {
    console.error(`Chromium does not start: ${error.message}`);
    process.exit(2);
  });
  process.on("exit", () => {
    browser.kill("SIGKILL");
    // A helper of the browser may still be writing; what it leaves is in the system's folder for such things.
    try { rmSync(profile, { recursive: true, force: true }); } catch { /* It is empty but for that. */ }
  });
  const portFile = join(profile, "DevToolsActivePort");
  for (let waited = 0; !existsSync(portFile) || !readFileSync(portFile, "utf8").includes("\n/"); waited++) {
    if (waited > 300) throw new Error("Chromium does not listen");
    await sleep(100);
  }
  const [port, path] = readFileSync(portFile, "utf8").trim().split("\n");
  if (typeof WebSocket === "undefined") {
    console.error("Node 22 or newer is needed, or Node 20 with --experimental-websocket");
    process.exit(2);
  }
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  await new Promise((done) => { socket.onopen = done; });
  const waiting = new Map();
  const listeners = new Map();
  let last = 0;
  let session;
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.method) {
      (listeners.get(message.method) || []).forEach((act) => act(message.params));
      return;
    }
    const { done, failed } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) failed(new Error(message.error.message)); else done(message.result);
  };
  function call(method, params = {}) {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params, sessionId: session }));
    return new Promise((done, failed) => waiting.set(id, { done, failed }));
  }
  function on(method, act) {
    listeners.set(method, [...(listeners.get(method) || []), act]);
  }
  async function ask(expression) {
    const answer = await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description || expression);
    return answer.result.value;
  }
  const { targetId } = await call("Target.createTarget", { url: "about:blank" });
  session = (await call("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  for (const area of ["Page", "Network", "Performance"]) await call(`${area}.enable`);
  await call("Emulation.setDeviceMetricsOverride", { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false });
  async function open(address) {
    const loaded = new Promise((done) => on("Page.loadEventFired", done));
    await call("Page.navigate", { url: address });
    await loaded;
  }
  return { call, on, ask, open };
}
