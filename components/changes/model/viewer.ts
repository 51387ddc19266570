/** Who looks at a change, as far as the page offers them something to do. The server asks again. */
export type Viewer = { id: string; canApply: boolean };
