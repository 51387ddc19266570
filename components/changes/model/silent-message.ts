/** Said of a change when nobody knows whether what was asked was done. */
export const silentMessage =
  "Rollcall did not answer, so it may have been done or not. Nothing on this page is lost. Look at the list of changes, then try again.";
