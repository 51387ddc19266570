import type { FastifyInstance } from "fastify";
import { tenantUrlOf } from "./control-tenant";
import { enterpriseSchema, groupSchema, knowbe4Schema, type Resource, userSchema } from "./records";
import { ScimError } from "./scim-errors";
import { sendScim, tenantOf } from "./scim-reply";

/** ServiceProviderConfig, ResourceTypes and Schemas (RFC 7643, sections 5 to 7). */
export function registerDiscovery(app: FastifyInstance): void {
  app.get("/ServiceProviderConfig", (request, reply) => {
    const tenant = tenantOf(request);
    sendScim(request, reply, 200, {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: tenant.settings.pageSizeMax },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [
        { type: "oauthbearertoken", name: "Bearer token", description: "The SCIM token of the account" },
      ],
      meta: {
        resourceType: "ServiceProviderConfig",
        location: `${tenantUrlOf(request, tenant)}/ServiceProviderConfig`,
      },
    });
  });
  app.get("/ResourceTypes", (request, reply) => {
    sendScim(request, reply, 200, toListResponse(resourceTypes));
  });
  app.get("/Schemas", (request, reply) => {
    sendScim(request, reply, 200, toListResponse(schemas));
  });
  app.get<{ Params: { id: string } }>("/Schemas/:id", (request, reply) => {
    const schema = schemas.find((each) => each.id === request.params.id);
    if (schema === undefined) throw new ScimError(404, `Schema ${request.params.id} not found.`);
    sendScim(request, reply, 200, schema);
  });
}

const resourceTypes = [
  {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: "User",
    name: "User",
    endpoint: "/Users",
    schema: userSchema,
    schemaExtensions: [
      { schema: enterpriseSchema, required: false },
      { schema: knowbe4Schema, required: false },
    ],
  },
  {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: "Group",
    name: "Group",
    endpoint: "/Groups",
    schema: groupSchema,
  },
];

/** The attributes that KnowBe4's Entra and Okta guides map. */
const schemas = [
  toSchema(userSchema, "User", [
    toAttribute("userName", "string", { required: true, uniqueness: "server" }),
    toAttribute("externalId", "string"),
    toAttribute("displayName", "string"),
    toAttribute("title", "string"),
    toAttribute("userType", "string"),
    toAttribute("active", "boolean"),
    toComplex("name", ["givenName", "familyName", "formatted"], false),
    toComplex("emails", ["value", "type", "primary"], true),
    toComplex("phoneNumbers", ["value", "type"], true),
    toComplex("addresses", ["formatted", "type"], true),
  ]),
  toSchema(groupSchema, "Group", [
    toAttribute("displayName", "string", { required: true, uniqueness: "server" }),
    toAttribute("externalId", "string"),
    toComplex("members", ["value", "display", "type"], true),
  ]),
  toSchema(enterpriseSchema, "EnterpriseUser", [
    ...["employeeNumber", "department", "division", "organization"].map((name) =>
      toAttribute(name, "string"),
    ),
    toComplex("manager", ["value", "displayName"], false),
  ]),
  toSchema(knowbe4Schema, "KnowBe4User", [
    ...["customField1", "customField2", "customField3", "customField4"].map((name) =>
      toAttribute(name, "string"),
    ),
    ...["customDate1", "customDate2", "outOfOfficeEnd", "lastPasswordChangeDateTime"].map((name) =>
      toAttribute(name, "dateTime"),
    ),
    ...[
      "phishingLanguage",
      "trainingLanguage",
      "userRole",
      "hostname",
      "companyName",
      "country",
      "mailNickName",
      "onPremisesSamAccountName",
      "onPremisesSecurityIdentifier",
      "userPrincipalName",
    ].map((name) => toAttribute(name, "string")),
  ]),
];

function toSchema(id: string, name: string, attributes: Resource[]): Resource {
  return { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"], id, name, attributes };
}

function toAttribute(name: string, type: string, more: Resource = {}): Resource {
  return {
    name,
    type,
    multiValued: false,
    required: false,
    mutability: "readWrite",
    returned: "default",
    ...more,
  };
}

function toComplex(name: string, parts: string[], multiValued: boolean): Resource {
  const subAttributes = parts.map((part) => toAttribute(part, part === "primary" ? "boolean" : "string"));
  return toAttribute(name, "complex", { multiValued, subAttributes });
}

function toListResponse(resources: Resource[]): Resource {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
