import type { Metadata } from "next";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { OwnPasswordForm } from "@/components/operators/own-password-form";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { roleWords } from "@/components/words/role-words";
import { loadCurrentOperator } from "@/lib/operators/loaders";

export const metadata: Metadata = { title: "Your password" };

export default async function OwnPasswordPage() {
  const { name, role } = await loadCurrentOperator();
  const { word, meaning } = roleWords[role];
  return (
    <>
      <PageHeader title="Your password" />
      <PageBody width="form">
        <DefinitionList
          items={[
            { term: "You", detail: name },
            { term: "Your role", detail: `${word}. ${meaning}` },
          ]}
        />
        <Card title="Change your password">
          <OwnPasswordForm role={role} />
        </Card>
      </PageBody>
    </>
  );
}
