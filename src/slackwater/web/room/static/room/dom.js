/** Making and finding elements. Text is always set as text, so nothing that somebody wrote can become markup. */

export function part(name, root = document) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** An element with attributes and children; `on` holds its listeners, `data` its data attributes. */
export function make(tag, { on = {}, data = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  Object.assign(element.dataset, data);
  for (const [kind, listen] of Object.entries(on)) element.addEventListener(kind, listen);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** Set an element's text only when it changes, so that a screen reader isn't told the same thing each second. */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function toggle(element, name, isOn) {
  element.classList.toggle(name, Boolean(isOn));
}

/** Make `list` hold exactly these children in this order, moving none that already stands where it should. */
export function arrange(list, children) {
  children.forEach((child, index) => {
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
  });
  while (list.children.length > children.length) list.lastElementChild.remove();
}
