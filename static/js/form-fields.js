/* A form as pairs of name and value, and back. What it says of itself stays out. */

const ITS_OWN = ["csrfmiddlewaretoken", "draft", "version"];

export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !ITS_OWN.includes(name) && typeof value === "string");
}

/* Whether something was done to it since it came: typed, or brought back by the browser. */
export function isTouched(form) {
  return [...form.elements].some((field) => {
    if (field.type === "checkbox") {
      return field.checked !== field.defaultChecked;
    }
    const [chosen] = field.selectedOptions ?? [];
    return chosen ? !chosen.defaultSelected && field.selectedIndex > 0 : field.value !== field.defaultValue && "defaultValue" in field;
  });
}

/* Whether nothing was written or ticked; what comes with a form, such as the day, is nothing. A
   session that was started is something. */
export function isBlank(form) {
  return !form.elements.started?.value && [...form.elements].every((field) => {
    if (!field.name || field.matches("button, select, [type=hidden], [type=date], [type=time]")) {
      return true;
    }
    return field.type === "checkbox" ? !field.checked : !field.value.trim();
  });
}

/* Whether the form has a place for each field, and a field for each place. */
export function fits(form, fields) {
  const places = namesOf([...form.elements].filter((field) => field.type !== "checkbox"));
  const given = new Set(fields.map(([name]) => name));
  return places.every((name) => given.has(name)) && [...given].every((name) => form.elements[name]);
}

export function fill(form, fields) {
  const values = new Map(fields);
  for (const field of form.elements) {
    if (!namesOf([field]).length) {
      continue;
    }
    if (field.type === "checkbox") {
      field.checked = values.has(field.name);
    } else if (values.has(field.name)) {
      field.value = values.get(field.name);
    }
  }
}

/* Sends fields to where the form goes, as if they stood in it. */
export function submitAs(form, fields) {
  const other = document.createElement("form");
  other.method = "post";
  other.action = form.action;
  other.hidden = true;
  for (const [name, value] of [["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ...fields]) {
    const field = document.createElement("textarea"); // which keeps its lines
    field.name = name;
    field.value = value;
    other.append(field);
  }
  document.body.append(other);
  other.submit();
}

function namesOf(elements) {
  return elements
    .filter((field) => field.name && !field.matches("button, fieldset, object") && !ITS_OWN.includes(field.name))
    .map((field) => field.name);
}
