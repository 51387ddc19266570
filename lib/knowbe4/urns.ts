/** RFC 7643 section 4.1. */
export const coreUrn = "urn:ietf:params:scim:schemas:core:2.0:User";

/** RFC 7643 section 4.3. */
export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/**
 * KnowBe4's own (Microsoft's tutorial for KnowBe4). Vendors' tables write it with a trailing colon, which only
 * joins it to the attribute; the colon is no part of the name. Reported to be case-sensitive.
 */
export const knowbe4Urn = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";

/** RFC 7643 section 4.2. */
export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
