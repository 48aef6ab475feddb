/**
 * A page in a real browser: Chromium without a window, spoken to over its DevTools protocol.
 *
 * @module
 */
import { pathToFileURL } from "node:url";

const CHROMIUM = "/usr/bin/chromium";

/** Whether there is a browser to look with: Debian's package `chromium`. */
export function hasBrowser(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch {
    return false;
  }
}

/** A page that is open. */
export interface OpenPage {
  /** What an expression is worth in the page; a plain value. */
  evaluate<T>(expression: string): Promise<T>;
  /** Lays the page out for a screen of this width in pixels. */
  setWidth(width: number): Promise<void>;
  /** Everything the page asked for, itself included. */
  readonly requests: readonly string[];
  /** Errors and warnings, of scripts, of styles and of what was not loaded. */
  readonly problems: readonly string[];
}

/** Opens a file in a browser of its own, hands the page over, and closes the browser. */
export async function withPage(
  path: string,
  look: (page: OpenPage) => Promise<void>,
): Promise<void> {
  const profile = await Deno.makeTempDir();
  const browser = new Deno.Command(CHROMIUM, {
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
      ...["--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  try {
    const connection = await connect(await addressIn(browser.stderr));
    await look(await open(connection, pathToFileURL(path).href));
    // It may close before it answers.
    await connection.send("Browser.close").catch(() => {});
    connection.close();
  } catch (error) {
    browser.kill("SIGKILL");
    throw error;
  } finally {
    await browser.status;
    await Deno.remove(profile, { recursive: true }).catch(() => {});
  }
}

/** The address that the browser prints when it is ready. */
async function addressIn(stderr: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const chunk of stderr.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const address = /ws:\/\/\S+/.exec(text)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`the browser did not start: ${text}`);
}

/** A message of the protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A connection to the browser. */
interface Connection {
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>;
  /** Called with every event. */
  listener: (method: string, params: Record<string, unknown>) => void;
  close(): void;
}

async function connect(address: string): Promise<Connection> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`cannot connect to ${address}`));
  });
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const connection: Connection = {
    listener: () => {},
    send(method, params = {}, sessionId) {
      const id = waiting.size + 1;
      const answer = Promise.withResolvers<Record<string, unknown>>();
      waiting.set(id, answer);
      socket.send(JSON.stringify({ id, method, params, sessionId }));
      return answer.promise;
    },
    close: () => socket.close(),
  };
  // A browser that closes, or dies, answers no more.
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error("the browser is closed"));
  };
  socket.onmessage = ({ data }) => {
    const { id, method, params = {}, result = {}, error }: Message = JSON.parse(data);
    if (id === undefined) connection.listener(method ?? "", params);
    else if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(error.message));
  };
  return connection;
}

async function open(connection: Connection, url: string): Promise<OpenPage> {
  const { targetId } = await connection.send("Target.createTarget", { url: "about:blank" });
  const attached = await connection.send("Target.attachToTarget", { targetId, flatten: true });
  const sessionId = String(attached.sessionId);
  const send = (method: string, params?: object) => connection.send(method, params, sessionId);
  const requests: string[] = [];
  const problems: string[] = [];
  const loaded = Promise.withResolvers<void>();
  connection.listener = (method, params) => {
    if (method === "Page.loadEventFired") loaded.resolve();
    if (method === "Network.requestWillBeSent") {
      requests.push((params as { request: { url: string } }).request.url);
    }
    const complaints = ["Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"];
    if (complaints.includes(method)) problems.push(JSON.stringify(params));
  };
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  await send("Page.navigate", { url });
  await loaded.promise;
  return {
    requests,
    problems,
    async evaluate<T>(expression: string) {
      const options = { expression, returnByValue: true, awaitPromise: true };
      const { result, exceptionDetails } = await send("Runtime.evaluate", options);
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: T }).value;
    },
    async setWidth(width) {
      const metrics = { width, height: 800, deviceScaleFactor: 1, mobile: false };
      await send("Emulation.setDeviceMetricsOverride", metrics);
      // The page learns of it a little later.
      const isLaidOut = "new Promise((resolve) => { const look = () => " +
        `innerWidth === ${width} ? resolve() : requestAnimationFrame(look); look(); })`;
      await send("Runtime.evaluate", { expression: isLaidOut, awaitPromise: true });
    },
  };
}
