import type { ReactNode } from "react";
import type { Option } from "@/components/ui/fields/option-list";

export type SelectProps = {
  label: string;
  options: readonly Option[];
  /** A form sends the chosen option's id under this name. */
  name?: string;
  /** The chosen option's id, if the parent controls it. */
  value?: string;
  defaultValue?: string;
  onChange?: (id: string) => void;
  isRequired?: boolean;
  description?: ReactNode;
  /** In a row of filters, where the value is clear by itself: "Any state". */
  isLabelHidden?: boolean;
  className?: string;
};
