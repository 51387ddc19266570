import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";

type WhereToFindProps = {
  /** Test Mode as it is recorded of a connected tenant, null if it is not; "new" before it is connected. */
  testMode: "new" | boolean | null;
};

/** Menu and button names as in KnowBe4's SCIM Configuration Guide. */
export function WhereToFind({ testMode }: WhereToFindProps) {
  const isNew = testMode === "new";
  return (
    <Card title={isNew ? "Where to find them in KnowBe4" : "Where to make a new token in KnowBe4"}>
      <ol className="flex list-decimal flex-col gap-2 pl-5 text-ink-2 marker:text-ink-3">
        <li>
          In the client&rsquo;s KnowBe4 console, click your e-mail address at the top right and choose{" "}
          <b className="font-medium text-ink">Account Settings</b>.
        </li>
        <li>
          Go to <b className="font-medium text-ink">User Management &gt; User Provisioning</b> and tick{" "}
          <b className="font-medium text-ink">Enable User Provisioning (User Syncing)</b>.
        </li>
        <li>
          Click <b className="font-medium text-ink">SCIM</b>, then{" "}
          <b className="font-medium text-ink">+ SCIM Settings</b>.
          {isNew ? (
            <>
              {" "}
              Copy the <b className="font-medium text-ink">Tenant URL</b>.
            </>
          ) : null}
        </li>
        <li>
          Click <b className="font-medium text-ink">Generate SCIM Token</b> and copy it. KnowBe4 shows it
          once; paste it here before you close its window.
        </li>
        <li>
          {toTestModeAdvice(testMode)} Click <b className="font-medium text-ink">Save Changes</b> at the
          bottom of the page.
        </li>
      </ol>
      <p className="mt-3 text-12">
        <TextLink
          href="https://support.knowbe4.com/hc/en-us/articles/360052380374-SCIM-Configuration-Guide"
          isExternal
        >
          KnowBe4&rsquo;s SCIM Configuration Guide
        </TextLink>
      </p>
    </Card>
  );
}

/** Whoever ticks Test Mode in a tenant that is written to stops every later write without an error. */
function toTestModeAdvice(testMode: WhereToFindProps["testMode"]): string {
  if (testMode === "new")
    return "Leave Test Mode ticked: nothing changes there until you have checked the inventory.";
  if (testMode === true) return "Leave Test Mode as it is. It is recorded as on.";
  const effect = "While it is ticked, KnowBe4 accepts everything and changes nothing.";
  return testMode === false ? `Leave Test Mode unticked. ${effect}` : `Leave Test Mode as it is. ${effect}`;
}
