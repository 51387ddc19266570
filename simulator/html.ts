/** Markup that is safe to send: every value put into it was escaped, or is markup itself. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/** Builds markup. Text is escaped, so it may come from any source, inside quoted attributes too. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const text = strings.map((each, position) => each + toText(parts[position])).join("");
  return new Html(text);
}

/** `markup` if `condition` holds, else nothing. */
export function when(condition: boolean, markup: () => Html): Html {
  return condition ? markup() : new Html("");
}

function toText(part: Part | undefined): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "string" || typeof part === "number") return escape(String(part));
  return part.map((each) => each.text).join("");
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
