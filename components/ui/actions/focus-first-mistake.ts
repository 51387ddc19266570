/**
 * Moves the keyboard to the first field that was refused, opening what hides it; where no field is to blame, to the
 * message. An element that stands for several fields carries `data-mistake`.
 */
export function focusFirstMistake(form: HTMLElement | null): void {
  const mistake = form?.querySelector<HTMLElement>("[aria-invalid=true], [data-mistake]");
  mistake?.closest("details")?.setAttribute("open", "");
  const field = mistake?.matches("input, textarea") ? mistake : mistake?.querySelector<HTMLElement>("input");
  const target = field ?? mistake ?? form?.querySelector<HTMLElement>("[role=alert]");
  if (!target) return;
  if (!target.matches("input, textarea")) target.tabIndex = -1;
  target.focus();
}
