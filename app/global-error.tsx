"use client";

import "./globals.css";

/** Replaces the root layout, so it renders its own document and uses no component of ours. */
export default function GlobalError({ error }: { error: unknown }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <html lang="en">
      <body>
        <title>Rollcall cannot answer now</title>
        <main className="mx-auto flex min-h-dvh max-w-[26rem] flex-col justify-center gap-4 p-4">
          <h1 className="text-20 font-semibold">Rollcall cannot answer now</h1>
          <p className="text-ink-2">
            The page could not be built. Nothing was changed, and running changes continue. Load the page
            again in a moment.
          </p>
          <p>
            <a href="/" className="font-medium text-accent underline underline-offset-2">
              Go to Home
            </a>
          </p>
          {digest ? <p className="font-mono text-12 text-ink-3">{digest}</p> : null}
        </main>
      </body>
    </html>
  );
}
