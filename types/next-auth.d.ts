import "next-auth";

declare module "next-auth" {
  /** What authorize() hands to the jwt callback: the random session id, and nothing about the operator. */
  interface User {
    id: string;
    sid: string;
  }
}
