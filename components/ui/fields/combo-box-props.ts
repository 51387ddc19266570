import type { ReactNode } from "react";
import type { Option } from "@/components/ui/fields/option-list";

export type ComboBoxProps = {
  label: string;
  options: readonly Option[];
  /** The options are search results for the typed text, and are shown unfiltered. */
  isSearched?: boolean;
  /** Shown when there is no option: "Nothing matches." */
  emptyText?: string;
  /** The form field's name. */
  name?: string;
  /** Whether a form sends the option's id or the typed text. */
  formValue?: "key" | "text";
  allowsCustomValue?: boolean;
  selectedKey?: string | null;
  defaultSelectedKey?: string;
  onSelectionChange?: (key: string | number | null) => void;
  inputValue?: string;
  defaultInputValue?: string;
  onInputChange?: (text: string) => void;
  onFocus?: () => void;
  isRequired?: boolean;
  description?: ReactNode;
  placeholder?: string;
  className?: string;
};
