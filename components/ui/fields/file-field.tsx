"use client";

import { type ChangeEvent, type ReactNode, useContext, useId } from "react";
import { FormValidationContext } from "react-aria-components";
import { cx } from "@/components/ui/cx";

type FileFieldProps = {
  label: string;
  /** Omitted if the file is read in the browser and is not part of the form. */
  name?: string;
  /** As in HTML: ".csv,text/csv". */
  accept?: string;
  description?: ReactNode;
  isRequired?: boolean;
  onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
  className?: string;
};

/** The native file control, which works with a keyboard and accepts dropped files. */
export function FileField({
  label,
  name,
  accept,
  description,
  isRequired,
  onChange,
  className,
}: FileFieldProps) {
  const id = useId();
  const errors = useContext(FormValidationContext);
  const error = name === undefined ? undefined : errors[name];
  const describedBy = cx(description ? `${id}-description` : null, error ? `${id}-error` : null);
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-13 font-medium text-ink">
        {label}
        {isRequired ? <span className="font-normal text-ink-3"> (required)</span> : null}
      </label>
      <input
        id={id}
        type="file"
        name={name}
        accept={accept}
        required={isRequired}
        onChange={onChange}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className="w-full rounded-2 border border-dashed border-edge bg-surface p-3 text-13 text-ink-2 file:mr-3 file:h-7 file:rounded-2 file:border file:border-solid file:border-line file:bg-sunken file:px-2.5 file:text-12 file:font-medium file:text-ink"
      />
      {description ? (
        <p id={`${id}-description`} className="text-12 text-ink-3">
          {description}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-12 text-failed">
          {error}
        </p>
      ) : null}
    </div>
  );
}
