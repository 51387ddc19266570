/** Three ticked lines of a roll. The same drawing is in public/icon.svg. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-15 font-semibold text-ink">
      <svg aria-hidden viewBox="0 0 18 16" className="h-4 w-[18px] text-accent" fill="currentColor">
        <rect width="18" height="4" rx="1.5" />
        <rect y="6" width="12" height="4" rx="1.5" opacity="0.75" />
        <rect y="12" width="15" height="4" rx="1.5" opacity="0.5" />
      </svg>
      Rollcall
    </span>
  );
}
