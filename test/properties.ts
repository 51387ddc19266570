import fc from "fast-check";
import { propertyRuns } from "@/test/run-length";

/** fast-check's own default. */
const RUNS = 100;

/**
 * The same cases in every run, or a commit would fail by luck. To look for others, set PROPERTY_SEED; what it finds
 * becomes a case of its own.
 */
const SEED = Number(process.env.PROPERTY_SEED || "20261130");

fc.configureGlobal({ seed: SEED, numRuns: propertyRuns(RUNS) });
