import "next-auth";

declare module "next-auth" {
  /** The value that authorize() passes to the jwt callback: the random session id, and nothing about the operator. */
  interface User {
    id: string;
    sid: string;
  }
}
