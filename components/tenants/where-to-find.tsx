import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";

/** Menu and button names as in KnowBe4's SCIM Configuration Guide. */
export function WhereToFind() {
  return (
    <Card title="Where to find them in KnowBe4">
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
          <b className="font-medium text-ink">+ SCIM Settings</b>. Copy the{" "}
          <b className="font-medium text-ink">Tenant URL</b>.
        </li>
        <li>
          Click <b className="font-medium text-ink">Generate SCIM Token</b> and copy it. KnowBe4 shows it
          once; paste it here before you close its window.
        </li>
        <li>
          Leave <b className="font-medium text-ink">Test Mode</b> ticked and click{" "}
          <b className="font-medium text-ink">Save Changes</b> at the bottom of the page.
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
