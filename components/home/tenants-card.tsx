import { ArrowRight } from "lucide-react";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Named } from "@/components/ui/monogram";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { toTenantWord } from "@/components/words/tenant-words";
import { WordStatus } from "@/components/words/word-status";
import type { TenantSummary } from "@/lib/tenants/types";

const rowsMax = 12;

/** @param tenants worst first */
export function TenantsCard({ tenants, now }: { tenants: readonly TenantSummary[]; now: Date }) {
  return (
    <Card
      title="Tenants"
      note={toTotals(tenants)}
      aside={
        <LinkButton href="/tenants" variant="quiet" size="small">
          All {tenants.length.toLocaleString("en-GB")}
          <ArrowRight aria-hidden />
        </LinkButton>
      }
      isFlush
    >
      <Table label="Tenants, worst first">
        <TableHead>
          <ColumnHeader>Tenant</ColumnHeader>
          <ColumnHeader>State</ColumnHeader>
          <ColumnHeader isNumeric>People active</ColumnHeader>
          <ColumnHeader>Last confirmed write</ColumnHeader>
          <ColumnHeader>As of</ColumnHeader>
        </TableHead>
        <TableBody>
          {tenants.slice(0, rowsMax).map((tenant) => (
            <TenantRow key={tenant.id} tenant={tenant} now={now} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function TenantRow({ tenant, now }: { tenant: TenantSummary; now: Date }) {
  return (
    <Row>
      <Cell isRowHeader className="stacked:grow stacked:basis-[55%]">
        <Named name={tenant.name}>
          <RowLink href={`/tenants/${tenant.id}`}>{tenant.name}</RowLink>
        </Named>
      </Cell>
      <Cell>
        <WordStatus word={toTenantWord(tenant, now)} />
      </Cell>
      <Cell label="People active" isNumeric>
        {tenant.active?.toLocaleString("en-GB") ?? "–"}
      </Cell>
      <Cell label="Confirmed" isQuiet>
        {tenant.lastConfirmedAt ? <Time at={tenant.lastConfirmedAt} /> : "never"}
      </Cell>
      <Cell label="As of" isQuiet>
        {tenant.readAt ? <Time at={tenant.readAt} /> : "not read yet"}
      </Cell>
    </Row>
  );
}

/** A count without every tenant is prefixed "at least". */
function toTotals(tenants: readonly TenantSummary[]): string {
  const read = tenants.filter(({ active }) => active !== null);
  const people = read.reduce((sum, { active }) => sum + (active ?? 0), 0);
  const unread = tenants.filter(({ active, state }) => active === null && state !== "disconnected").length;
  const total = `${unread > 0 ? "at least " : ""}${countOf(people, "active person", "active people")}`;
  return unread > 0
    ? `worst first; ${total}: ${countOf(unread, "tenant was", "tenants were")} not read yet`
    : `worst first; ${total}`;
}
