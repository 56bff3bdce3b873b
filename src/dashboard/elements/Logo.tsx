/** Four cells, one of them still to come. Drawn here as well as in icon.svg, so that it takes the theme's ink. */
export function Logo() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="shrink-0 fill-current">
      <rect x="0" y="0" width="8" height="8" rx="2" />
      <rect x="10" y="0" width="8" height="8" rx="2" opacity="0.45" />
      <rect x="0" y="10" width="8" height="8" rx="2" />
      <rect x="10" y="10" width="8" height="8" rx="2" />
    </svg>
  );
}
