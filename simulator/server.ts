import fastify, { type FastifyInstance } from "fastify";
import { registerConsole } from "./console-routes";
import { registerControl } from "./control";
import { registerScim } from "./scim-routes";
import { stopTimer } from "./tenant";
import type { World } from "./world";

/** The whole simulator as one HTTP server, not yet listening. Closing it stops the timers of every tenant. */
export function buildServer(world: World): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: 16 * 1024 * 1024,
    // Hung answers and idle connections must not delay the end of a test.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  app.decorateRequest("tenant", null);
  app.decorateRequest("fault", null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(.+\+)?json/, { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? undefined : JSON.parse(body.toString()));
    } catch (error) {
      done(error instanceof Error ? error : new Error("The body is not JSON."));
    }
  });
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body.toString())));
    },
  );
  app.register(async (scope) => registerScim(scope, world), { prefix: "/t/:slug/scim/v2" });
  app.register(async (scope) => registerControl(scope, world), { prefix: "/_control" });
  app.register(async (scope) => registerConsole(scope, world));
  app.addHook("onClose", async () => {
    for (const tenant of world.tenants.values()) stopTimer(tenant);
  });
  return app;
}
