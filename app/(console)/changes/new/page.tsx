import { Archive, ArchiveRestore, FileUp, type LucideIcon, UserPlus, UserPen } from "lucide-react";
import type { Metadata } from "next";
import { NewChangePage } from "@/components/changes/new-change/new-change-page";
import { TextLink } from "@/components/ui/text-link";

export const metadata: Metadata = { title: "New change" };

const kinds: readonly { href: string; Icon: LucideIcon; label: string; text: string }[] = [
  {
    href: "/changes/new/onboard",
    Icon: UserPlus,
    label: "Onboard a person",
    text: "A new person in one or many tenants, with address, details and groups in each.",
  },
  {
    href: "/changes/new/update",
    Icon: UserPen,
    label: "Update a person",
    text: "Change details or groups, in every tenant the person is in.",
  },
  {
    href: "/changes/new/offboard",
    Icon: Archive,
    label: "Offboard a person",
    text: "Archives the person's accounts everywhere. Seats are freed, history is kept.",
  },
  {
    href: "/changes/new/restore",
    Icon: ArchiveRestore,
    label: "Restore a person",
    text: "Restores archived accounts with their history. Each takes a seat.",
  },
  {
    href: "/imports/new",
    Icon: FileUp,
    label: "Import a file",
    text: "A CSV of people, for one tenant or for many at once. Every row is checked first.",
  },
];

export default function NewChangeKindPage() {
  return (
    <NewChangePage title="New change">
      <p className="text-ink-2">Choose a change. You see every operation before anything is sent.</p>
      <ul className="grid gap-3 sm:grid-cols-2">
        {kinds.map(({ href, Icon, label, text }) => (
          <li
            key={href}
            className="quick relative flex gap-3 rounded-2 border border-line bg-surface p-4 hover:border-edge"
          >
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
            <div>
              <TextLink href={href} variant="plain" className="after:absolute after:inset-0 after:rounded-2">
                {label}
              </TextLink>
              <p className="mt-0.5 text-ink-2">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </NewChangePage>
  );
}
