import fs from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { iconNames } from "@/components/ui/status-kinds";

const lucide = path.resolve(import.meta.dirname, "../../node_modules/lucide-react/dist/esm/icons");

type Drawing = { node: [tag: string, attributes: Record<string, string>][] };

/** The shapes of one of Lucide's drawings, written as status-icons.css writes them. */
async function toShapes(name: string): Promise<string> {
  const { __iconData } = (await import(pathToFileURL(path.join(lucide, `${name}.mjs`)).href)) as {
    __iconData: Drawing;
  };
  return __iconData.node
    .map(([tag, { key: _, ...attributes }]) => {
      const written = Object.entries(attributes).map(([attribute, value]) => `${attribute}='${value}'`);
      return `<${tag} ${written.join(" ")}/>`;
    })
    .join("");
}

test("every status icon is drawn as Lucide draws it", async () => {
  const css = await fs.readFile(path.join(import.meta.dirname, "status-icons.css"), "utf8");
  for (const name of iconNames) {
    const rule = css.split(`.icon-${name} {`)[1]?.split("}")[0] ?? "";
    expect(rule, name).toContain(`>${await toShapes(name)}</svg>`);
  }
});
