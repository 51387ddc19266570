import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { EntryForm } from "@/components/roster/entry-form";
import { ExclusionsForm } from "@/components/roster/exclusions-form";
import { GroupingForm } from "@/components/roster/grouping-form";
import { GuardForm } from "@/components/roster/guard-form";
import { MappingForm } from "@/components/roster/mapping-form";
import { SampleTable } from "@/components/roster/sample-table";
import { ScopeForm } from "@/components/roster/scope-form";
import { ScopePreviewNotice } from "@/components/roster/scope-preview-notice";
import { attributes } from "@/lib/knowbe4/attributes";
import { makeEntry, withRules } from "@/test/entries";
import { defaultPolicy, mappedKeys, type RosterPolicy } from "@/lib/roster/policy/policy";
import { toSample } from "@/lib/roster/sample";

const tenant = { id: "00000000-0000-4000-8000-000000000001", name: "Acme" };
const names = { fields: ["title", "department"], groups: ["Staff"] };
const policy: RosterPolicy = {
  ...withRules({
    title: { isProtected: true },
    location: { owner: "tenant" },
    division: { expression: null },
  }),
  scoping: { anyOf: [[{ kind: "member", is: "in", group: "Staff" }]] },
  grouping: {
    ...defaultPolicy.grouping,
    names: [{ from: "hr-all", to: "Human Resources" }],
    nesting: [{ group: "hr-payroll", within: "hr-all" }],
    rules: [{ when: [{ kind: "presence", field: "title", is: "present" }], group: "Everyone" }],
  },
};

function render(element: ReactNode): string {
  return renderToStaticMarkup(element);
}

describe.each([true, false])("to an operator who may manage the roster: %s", (mayManage) => {
  const common = { tenant, version: 1, names, mayManage };
  const forms: [string, ReactNode][] = [
    [
      "mapping",
      <MappingForm key="m" {...common} rules={policy.mapping.rules} samplePerson="ana@acme.example" />,
    ],
    ["scope", <ScopeForm key="s" {...common} scoping={policy.scoping} />],
    ["groups", <GroupingForm key="g" {...common} grouping={policy.grouping} tenantGroups={["Everyone"]} />],
  ];

  test.each(forms)("the %s form is shown, and offers changes to them alone", (_name, form) => {
    const html = render(form);
    expect(/Save the|Show who would leave the scope/.test(html)).toBe(mayManage);
    expect(/Edit the rule|Remove (rule|line|part|condition)/.test(html)).toBe(mayManage);
  });
});

test("every attribute but the address has its row, with its rule and when it is written", () => {
  const html = render(
    <MappingForm
      tenant={tenant}
      version={0}
      names={names}
      rules={policy.mapping.rules}
      samplePerson=""
      mayManage
    />,
  );
  for (const key of mappedKeys) expect(html).toContain(`Edit the rule of ${attributes[key].label}`);
  expect(html).not.toContain(`Edit the rule of ${attributes.userName.label}"`);
  expect(html).toContain("not mapped, never written");
  expect(html).toContain("Protected");
  expect(html).toContain("KnowBe4 console");
});

test("a scope cannot be saved before the preview of who would leave it", () => {
  const html = render(
    <ScopeForm tenant={tenant} version={0} names={names} scoping={policy.scoping} mayManage />,
  );
  expect(html).toContain("Show who would leave the scope");
  expect(html).not.toContain("Save");
  const preview = { out: 120, in: 0, stay: 3, outPeople: ["ana@acme.example"], inPeople: [] };
  const notice = render(<ScopePreviewNotice preview={preview} />);
  expect(notice).toContain("120 people would leave the scope");
  expect(notice).toContain("ana@acme.example, and 119 more");
});

test("a sample shows values, their origin, and their problems", () => {
  const entry = makeEntry("ana", { fields: { givenName: "Ana", customDate1: "soon" }, active: false });
  const html = render(<SampleTable sample={toSample(policy, entry, true)} />);
  for (const words of [
    "Ana",
    "protected, never written",
    "is not a date",
    "Excluded: none",
    "Marked as left",
  ]) {
    expect(html).toContain(words);
  }
});

test("forms that edit an entry, guards and exclusions show their fields", () => {
  const entry = makeEntry("ana", { overrides: { title: "Boss", department: null } });
  expect(render(<EntryForm tenantId={tenant.id} entry={entry} />)).toContain("Use the source for Job title");
  expect(render(<GuardForm tenant={tenant} />)).toContain("Guard them in Acme");
  expect(render(<ExclusionsForm tenant={tenant} />)).toContain("Exclude them in Acme");
});
