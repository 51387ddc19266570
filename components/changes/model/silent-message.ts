/** Shown when Rollcall cannot tell whether an action on a change was done. */
export const silentMessage =
  "Rollcall did not answer, so the action may or may not be done. Nothing on this page is lost. Check the list of changes, then try again.";
