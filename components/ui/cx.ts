import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["12", "13", "15", "20", "28"],
      radius: ["1", "2", "full"],
      shadow: ["lift"],
      spacing: ["row", "bar", "side"],
    },
  },
});

/** Joins class names. Of two that set the same property the later one wins, so a caller can override a component. */
export function cx(...classes: (string | false | null | undefined)[]): string {
  return merge(classes);
}
