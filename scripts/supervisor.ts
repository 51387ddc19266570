import { LaunchError } from "./process/launch-error";
import { onOrphaned } from "./orphan-watch";

/** A service that runs until it is stopped: a server, a child process. */
export interface Service {
  name: string;
  stop(): Promise<void>;
}

export interface Supervisor {
  /** Aborts when everything has to stop; functions that wait for a state then stop waiting. */
  readonly signal: AbortSignal;
  /** Registers a started service. Once stopping has begun, it stops the service at once and throws. */
  add(service: Service): Promise<void>;
  /** Forgets a service that ended as expected, such as a build. */
  remove(service: Service): void;
  /** Reports that a service ended unexpectedly. The first report becomes the reason that everything stops. */
  fail(name: string, lastLines: string): void;
}

/** A second Ctrl-C at least this much later kills; a terminal and npm may deliver one Ctrl-C twice. */
const IMPATIENCE_MS = 1_000;

/**
 * Runs `startup` and then waits: for Ctrl-C, SIGTERM or SIGHUP, or for a service to die. Then stops every service, the
 * last started first, one after the other, so that none loses a service that it depends on.
 * @throws the error of startup, or a LaunchError naming the service that died with its last lines
 */
export async function supervise(
  startup: (supervisor: Supervisor) => Promise<void>,
  onProgress: (message: string) => void,
): Promise<void> {
  const services: Service[] = [];
  const stopping = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<LaunchError | null>();
  const supervisor = createSupervisor(services, stopping, end);
  const forgetSignals = onStopSignal(() => end(null));
  const started = startup(supervisor);
  let reason: unknown = null;
  try {
    reason = await Promise.race([ended, started.then(() => ended)]);
  } catch (error) {
    // If a service died during startup, the error that startup throws is only a consequence.
    reason = stopping.signal.aborted ? await ended : error;
  }
  stopping.abort();
  if (services.length > 0) onProgress("Stopping");
  await stopAll(services);
  await started.catch(() => undefined);
  await stopAll(services);
  forgetSignals();
  if (reason !== null) throw reason;
}

function createSupervisor(
  services: Service[],
  stopping: AbortController,
  end: (reason: LaunchError) => void,
): Supervisor {
  return {
    signal: stopping.signal,
    async add(service) {
      services.push(service);
      if (!stopping.signal.aborted) return;
      await stopAll(services);
      throw new LaunchError("Stopped during the start.");
    },
    remove(service) {
      const index = services.indexOf(service);
      if (index >= 0) services.splice(index, 1);
    },
    fail(name, lastLines) {
      if (stopping.signal.aborted) return;
      stopping.abort();
      const said = lastLines ? ` Its last lines:\n${lastLines}\n` : " It left no message. ";
      end(
        new LaunchError(`The ${name} ended unexpectedly, so everything else was stopped.${said}`.trimEnd()),
      );
    },
  };
}

async function stopAll(services: Service[]): Promise<void> {
  for (let service = services.pop(); service; service = services.pop()) await service.stop();
}

function onStopSignal(stop: () => void): () => void {
  let first = 0;
  const listener = (signal: NodeJS.Signals) => {
    const isImpatient = first > 0 && Date.now() - first > IMPATIENCE_MS;
    first ||= Date.now();
    // Exiting runs the exit handlers, which kill remaining processes.
    if (isImpatient && signal === "SIGINT") process.exit(130);
    stop();
  };
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, listener);
  const forgetParents = onOrphaned(stop);
  // A closed terminal accepts no more lines, and nobody reads them.
  process.stdout.on("error", () => undefined);
  return () => {
    forgetParents();
    for (const signal of signals) process.off(signal, listener);
  };
}
