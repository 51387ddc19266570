import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LadderBar, toLadderText } from "@/components/ui/ladder-bar";

const counts = { queued: 9, sent: 3, accepted: 10, confirmed: 21, held: 0, failed: 1 };

test("the bar can be read without seeing it, and empty rungs are not read", () => {
  expect(toLadderText(counts)).toBe("21 confirmed, 10 accepted, 3 sent, 1 failed, 9 queued");
  const html = renderToStaticMarkup(<LadderBar label="Operations" counts={counts} />);
  expect(html).toContain('aria-label="Operations: 21 confirmed, 10 accepted, 3 sent, 1 failed, 9 queued"');
});

test("a bar of nothing says so", () => {
  const none = { queued: 0, sent: 0, accepted: 0, confirmed: 0, held: 0, failed: 0 };
  expect(toLadderText(none)).toBe("nothing to do");
});
