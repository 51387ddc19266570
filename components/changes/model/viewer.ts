/** What the viewer of a change may do. Decides what the page offers; the server checks again. */
export type Viewer = { id: string; canApply: boolean };
