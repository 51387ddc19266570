/** A field's name in its form and what it holds. */
export type FieldValue = readonly [key: string, value: string | boolean];

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What decides whether a field may be kept: attributes alone, so that a field added later is judged too. */
export type FieldFacts = { type: string; name: string; autocomplete: string; isMarked: boolean };

const secretName = /token|secret|passw|passphrase|\bpin\b|code|otp|credential|api.?key|private.?key/i;
const secretAutocomplete = /password|one-time-code|^cc-/i;
const keptTypes = [
  "text",
  "email",
  "url",
  "tel",
  "search",
  "number",
  "date",
  "time",
  "datetime-local",
  "checkbox",
  "radio",
  "textarea",
  "select-one",
];

/** True for a password, a token, a code, and whatever stands inside an element with `data-not-kept`. */
export function isSecret({ type, name, autocomplete, isMarked }: FieldFacts): boolean {
  return isMarked || type === "password" || secretName.test(name) || secretAutocomplete.test(autocomplete);
}

/** The fields of a form that may be kept, in their order. A field without a name cannot be found again. */
export function collectFields(form: HTMLFormElement): FieldValue[] {
  return [...listFields(form)].map(([key, field]) => [key, readField(field)]);
}

/** Whether the form holds something that is not kept: a file, or a secret that was typed. */
export function holdsUnkept(form: HTMLFormElement): boolean {
  return [...form.elements].some(
    (element) =>
      isField(element) && element.value !== "" && (element.type === "file" || isSecretField(element)),
  );
}

/**
 * Writes values into their fields as if they were typed, so that React hears of it.
 * @returns those whose field or option is not there: it may come later, with what another one shows
 */
export function fillFields(form: HTMLFormElement, values: readonly FieldValue[]): FieldValue[] {
  return values.filter(([key, value]) => {
    const field = listFields(form).get(key);
    if (!field || field.disabled || lacksOption(field, value)) return true;
    writeField(field, value);
    return false;
  });
}

function listFields(form: HTMLFormElement): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const element of form.elements) {
    if (!isField(element) || element.name === "" || !keptTypes.includes(element.type)) continue;
    if (!isSecretField(element)) fields.set(toKey(element, fields), element);
  }
  return fields;
}

/** Boxes of one name differ by what they stand for; other fields of one name by their order. */
function toKey(field: Field, taken: ReadonlyMap<string, Field>): string {
  if (isBox(field)) return `${field.name}=${field.value}`;
  let place = 0;
  while (taken.has(`${field.name}#${place}`)) place += 1;
  return `${field.name}#${place}`;
}

function readField(field: Field): string | boolean {
  return isBox(field) ? field.checked : field.value;
}

function writeField(field: Field, value: string | boolean): void {
  if (readField(field) === value) return;
  if (isBox(field)) {
    // A radio that was left is let go by pressing the one that was chosen.
    if (field.type === "checkbox" || value === true) field.click();
    return;
  }
  // React remembers what it wrote through the element's own setter and hears of no value that is set with that one.
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set;
  setter?.call(field, value);
  const event = field instanceof HTMLSelectElement ? "change" : "input";
  field.dispatchEvent(new Event(event, { bubbles: true }));
}

/** React Aria gives a select its options a moment after the select. */
function lacksOption(field: Field, value: string | boolean): boolean {
  return field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value);
}

function isSecretField(field: Field): boolean {
  const { type, name, autocomplete } = field;
  return isSecret({ type, name, autocomplete, isMarked: field.closest("[data-not-kept]") !== null });
}

function isBox(field: Field): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

function isField(element: Element): element is Field {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}
