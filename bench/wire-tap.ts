import { type AddressInfo, connect, createServer } from "node:net";

export type WireTap = {
  /** `url` with this tap's host in place of the tenant's. */
  through(url: string): string;
  /** The time of the first byte of the next POST, on performance.now()'s clock. */
  nextPost(): Promise<number>;
  close(): Promise<void>;
};

/**
 * A proxy between the engine and the simulator that passes every byte on at once. It measures on this process's clock
 * when a request arrives at a tenant, without the tenant's help.
 * @param origin the simulator's, such as http://127.0.0.1:4600
 */
export async function startWireTap(origin: string): Promise<WireTap> {
  const { hostname, port } = new URL(origin);
  let arrival = Promise.withResolvers<number>();
  const server = createServer((caller) => {
    const tenant = connect(Number(port), hostname);
    for (const socket of [caller, tenant]) socket.setNoDelay(true);
    // A request is written at once, so its first bytes begin a chunk.
    caller.on("data", (chunk: Buffer) => {
      if (chunk.subarray(0, 5).toString("latin1") === "POST ") arrival.resolve(performance.now());
    });
    caller.pipe(tenant).pipe(caller);
    caller.on("error", () => tenant.destroy()).on("close", () => tenant.destroy());
    tenant.on("error", () => caller.destroy()).on("close", () => caller.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: ownPort } = server.address() as AddressInfo;
  return {
    through(url) {
      const own = new URL(url);
      own.port = String(ownPort);
      return own.href;
    },
    nextPost() {
      arrival = Promise.withResolvers<number>();
      return arrival.promise;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
