import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { WorkerNotice } from "@/components/fleet/worker-notice";

function titleOf(goneSeconds: number | null, waiting: number): string {
  const html = renderToStaticMarkup(<WorkerNotice absence={{ goneSeconds, waiting }} />);
  return (/<\/span>(No worker[^<]*)</.exec(html)?.[1] ?? "").replaceAll("\u00a0", " ");
}

test("the banner says for how long no worker is there, and how much waits", () => {
  expect(titleOf(75, 12)).toBe("No worker for 75 s; 12 operations wait");
  expect(titleOf(720, 1)).toBe("No worker for 12 min; 1 operation waits");
  expect(titleOf(7_200, 0)).toBe("No worker for 2 h; no operation waits");
  expect(titleOf(null, 4_000)).toBe("No worker yet; 4,000 operations wait");
});

test("while a worker is there nothing is shown", () => {
  expect(renderToStaticMarkup(<WorkerNotice absence={null} />)).not.toContain("worker");
});
