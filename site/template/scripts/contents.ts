/// <reference lib="dom" />

/** The contents lie open beside the text where there is room, and mark the section being read. */
export function wireContents(): void {
  const details = document.querySelector<HTMLDetailsElement>(".contents details");
  if (!details) return;
  const wide = matchMedia("(min-width: 1100px)");
  const arrange = () => {
    details.open = wide.matches;
  };
  wide.addEventListener("change", arrange);
  arrange();
  details.addEventListener("click", (event) => {
    if (!wide.matches && (event.target as Element).closest("a")) details.open = false;
  });
  markReading(details);
}

function markReading(details: HTMLElement): void {
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of details.querySelectorAll<HTMLAnchorElement>("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  let waiting = false;
  const mark = () => {
    waiting = false;
    const passed = [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < 120);
    const current = passed.at(-1);
    for (const [heading, link] of links) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const later = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener("scroll", later, { passive: true });
  mark();
}
