/** Elements from plain values. Text always goes in as text, so no record can become markup. */

type Child = Node | string | number | null | undefined | false;
type Properties = Record<string, unknown>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties?: Properties | null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (properties) setProperties(made, properties);
  append(made, children);
  return made;
}

function setProperties(target: HTMLElement, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") {
      target.addEventListener(name.slice(2), value as EventListener);
    } else if (name === "checked" || name === "value" || name === "disabled" || name === "hidden") {
      (target as unknown as Properties)[name] = value;
    } else {
      target.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

export function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function replace(parent: Node, ...children: Child[]): void {
  while (parent.firstChild) parent.removeChild(parent.firstChild);
  append(parent, children);
}

export function button(
  label: string,
  onclick: () => void,
  properties: Properties = {},
): HTMLButtonElement {
  return element("button", { type: "button", onclick, ...properties }, label);
}

/** Runs `work` at most once per picture frame; nothing runs while nothing asks. */
export function onNextFrame(work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}
