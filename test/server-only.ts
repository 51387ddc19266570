// `server-only` throws outside a React server; Vitest is a server, so this empty module stands in for it.
export {};
