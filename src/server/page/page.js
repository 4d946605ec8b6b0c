// @ts-check
/**
 * The page of the reference server. All that it shows comes from the contract and from answers, so that a parameter or
 * a field that is added to the contract needs no line here. Texts become text, never HTML.
 *
 * @typedef {any} Schema - A JSON Schema, or another part of the contract.
 * @typedef {{ [column: string]: unknown }} Row - A model, with objects flattened: `pricing.train`.
 * @typedef {{ column: string, direction: 'ascending' | 'descending' }} Order
 */

const operationId = 'list_training_catalog_endpoint';

/** How long to wait for the next key before a request is sent, in milliseconds. */
const typingMs = 250;

/** An element of the page. @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const form = /** @type {HTMLFormElement} */ (at('form'));
const key = /** @type {HTMLInputElement} */ (at('key'));
const filters = /** @type {HTMLDetailsElement} */ (at('filters'));
const rawAnswer = /** @type {HTMLDetailsElement} */ (at('raw-answer'));

/**
 * Makes an element. An attribute that is undefined or false is left out.
 * @param {string} name
 * @param {{ [attribute: string]: string | number | boolean | undefined }} attributes
 * @param {(Node | string)[]} children
 */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(attribute, value === true ? '' : `${value}`);
  }
  element.append(...children);
  return element;
}

/** A description, with its code marked as such. @param {string} text */
const prose = (text) => text.split('`').map((part, index) => (index % 2 ? make('code', {}, part) : part));

// What the contract says

/** @type {Schema} */
const contract = await (await fetch('/openapi.json')).json();

/** What references lead to. @param {Schema} node @returns {Schema} */
function follow(node) {
  if (typeof node['$ref'] !== 'string') return node;
  const names = node['$ref'].slice(2).split('/');
  return follow(
    names.reduce((part, name) => part[name.replaceAll('~1', '/').replaceAll('~0', '~')], contract),
  );
}

/**
 * A schema with all that its branches say: a number or null is read as a number. It is open where there are several
 * branches, so that a list of values in one of them is not all there is.
 * @param {Schema} node @returns {Schema}
 */
function read(node) {
  const { anyOf = [], oneOf = [], allOf = [], ...schema } = follow(node);
  const branches = [...anyOf, ...oneOf, ...allOf].map(read).filter(({ type }) => type !== 'null');
  const types = [schema['type'] ?? branches.map(({ type }) => type)].flat();
  const type = types.find((name) => name !== 'null') ?? types[0];
  return { ...Object.assign({}, ...branches), ...schema, type, isOpen: branches.length > 1 };
}

const [path, { get: operation, parameters: shared = [] }] = /** @type {[string, Schema]} */ (
  Object.entries(contract['paths']).find(([, item]) => item.get?.operationId === operationId)
);
const parameters = [...shared, ...(operation.parameters ?? [])]
  .map(follow)
  .filter((parameter) => parameter['in'] === 'query')
  .map(({ schema = {}, ...parameter }) => ({ ...parameter, schema: read(schema) }));
const page = read(follow(operation.responses[200]).content['application/json'].schema);
/** The fields of a model. @type {{ [name: string]: Schema }} */
const fields = read(read(page['properties'].models).items).properties;
/** What the columns mean. */
const meanings = new Map(
  Object.entries(fields).flatMap(([name, field]) => {
    const { description = '', properties = {} } = read(field);
    const parts = Object.entries(properties).map(([part, schema]) => [
      `${name}.${part}`,
      read(schema)['description'],
    ]);
    return /** @type {[string, string][]} */ ([[name, description], ...parts]);
  }),
);

// Controls

/** The values that a schema lists, or the schema of its items. @param {Schema} schema @returns {unknown[]} */
const valuesOf = ({ enum: values, items }) => values ?? (items ? valuesOf(read(items)) : []);

/** The values of the field that a parameter is named after, as `algorithm` is. @param {string} name */
function valuesOfField(name) {
  const field = fields[name] ?? Object.entries(fields).find(([other]) => other.includes(name))?.[1];
  return field ? valuesOf(read(field)) : [];
}

/** @param {Schema} parameter */
function makeControl({ name, description = '', required, schema }) {
  const id = `parameter-${name}`;
  const { type, minimum, maximum, default: usual } = schema;
  const known = type === 'boolean' ? [true, false] : valuesOf(schema);
  const values = known.length > 0 ? known : valuesOfField(name);
  const options = values.filter((value) => value !== null).map((value) => make('option', {}, `${value}`));

  const isChoice = known.length > 0 && type !== 'array' && !schema['isOpen'];
  const isNumber = type === 'number' || type === 'integer';
  const step = schema['multipleOf'] ?? (type === 'integer' ? 1 : 'any');

  let control = make('input', { type: 'text', list: `${id}-list`, autocomplete: 'off', placeholder: usual });
  if (isChoice) control = make('select', {}, make('option', { value: '' }, `${usual ?? 'any'}`), ...options);
  else if (isNumber) {
    control = make('input', { type: 'number', step, min: minimum, max: maximum, placeholder: usual });
  }
  control.id = id;
  control.setAttribute('aria-describedby', `${id}-problem ${id}-hint`);

  const hint = [...prose(description)];
  if (type === 'array') hint.push(' Several with commas between.');
  if (minimum !== undefined && maximum !== undefined) hint.push(` From ${minimum} to ${maximum}.`);
  return make(
    'div',
    {},
    make('label', { for: id }, name, required ? ' (required)' : ''),
    control,
    make('datalist', { id: `${id}-list` }, ...(isChoice ? [] : options)),
    make('p', { id: `${id}-problem`, class: 'problem' }),
    make('p', { id: `${id}-hint`, class: 'hint' }, ...hint),
  );
}

/** The control of a parameter. @param {string} name */
const controlOf = (name) => /** @type {HTMLInputElement} */ (at(`parameter-${name}`));

/** The query that the controls ask for (OpenAPI 3.1, section 4.8.12.2, for lists). */
function readQuery() {
  const query = new URLSearchParams();
  for (const { name, schema, style = 'form', explode = style === 'form' } of parameters) {
    const { value } = controlOf(name);
    if (value === '') continue;
    const members = schema['type'] === 'array' ? value.split(',').map((member) => member.trim()) : [value];
    const separator = { pipeDelimited: '|', spaceDelimited: ' ' }[/** @type {string} */ (style)] ?? ',';
    for (const text of explode ? members : [members.join(separator)]) query.append(name, text);
  }
  return query;
}

// Request and answer

let asking = new AbortController();

/** Sends the request that the controls ask for, in place of one under way. */
async function ask() {
  clearTimeout(typing);
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const query = `${readQuery()}`;
  const url = location.origin + path + (query && `?${query}`);
  history.replaceState(null, '', query ? `?${query}` : '/');
  at('curl').textContent = `curl -H "Authorization: Bearer $DREADNODE_API_KEY" '${url}'`;
  at('copy').textContent = 'Copy';
  at('answer').ariaBusy = 'true';
  try {
    const start = performance.now();
    const response = await fetch(url, {
      signal,
      headers: key.value ? { authorization: `Bearer ${key.value}` } : {},
    });
    const text = await response.text();
    show(response, text, Math.round(performance.now() - start));
  } catch (error) {
    if (signal.aborted) return;
    showFailure('No answer', [`${error}. Is the server still running?`], []);
    at('meta').textContent = at('raw').textContent = '';
  }
  at('answer').ariaBusy = 'false';
}

/** @param {Response} response @param {string} text @param {number} ms */
function show(response, text, ms) {
  const status = `${response.status} ${response.statusText}`;
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\n`).join('');
  const body = parse(text);
  at('meta').textContent = `${status} in ${ms} ms`;
  at('raw').textContent =
    `HTTP ${status}\n${headers}\n${body === undefined ? text : JSON.stringify(body, null, 2)}`;
  if (response.ok && Array.isArray(body?.models)) return showModels(body.models, body.total);
  const wait = response.headers.get('retry-after');
  const notes = [
    `${body?.type ?? "not the API's envelope"}`,
    ...(wait === null ? [] : [`retry-after: ${wait}`]),
  ];
  const detail = typeof body?.detail === 'string' ? body.detail : status;
  showFailure(detail, notes, Array.isArray(body?.errors) ? body.errors : []);
}

/** @param {string} text @returns {any} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string} title @param {string[]} notes @param {unknown[]} errors - Those of the envelope. */
function showFailure(title, notes, errors) {
  const problems = errors.map(readProblem);
  at('status').textContent = title;
  at('failure').replaceChildren(
    ...notes.map((note) => make('p', {}, make('code', {}, note))),
    ...problems.map(({ loc, msg, type }) =>
      make('p', {}, make('code', {}, loc.join('.')), ` ${msg} `, make('code', {}, type)),
    ),
  );
  markControls(problems);
  setState('failed');
  rawAnswer.open = true;
}

/** A server may have anything for one. @param {any} problem */
const readProblem = (problem) => ({
  loc: [problem?.loc ?? []].flat(),
  msg: `${problem?.msg ?? ''}`,
  type: `${problem?.type ?? ''}`,
});

/** Says at each control what is wrong with its value. @param {ReturnType<typeof readProblem>[]} problems */
function markControls(problems) {
  for (const { name } of parameters) {
    const own = problems.filter(({ loc }) => loc[0] === 'query' && loc[1] === name);
    controlOf(name).ariaInvalid = `${own.length > 0}`;
    at(`parameter-${name}-problem`).textContent = own.map(({ msg }) => msg).join('. ');
  }
}

/** @param {'failed' | 'empty' | 'full'} state */
function setState(state) {
  at('answer').dataset['state'] = state;
  at('failure').hidden = state !== 'failed';
  at('models').hidden = state !== 'full';
}

// The table

/** The order that the server gave where it is undefined. @type {Order | undefined} */
let order;

/** `{ pricing: { train: 1 } }` becomes `pricing.train`. @param {object} model @param {string} prefix @returns {[string, unknown][]} */
const flatten = (model, prefix = '') =>
  Object.entries(model).flatMap(([name, value]) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? flatten(value, `${prefix}${name}.`) : [[prefix + name, value]];
  });

/** @param {object[]} models @param {number} total */
function showModels(models, total = models.length) {
  at('status').textContent = models.length === 0 ? 'No model matches' : `${models.length} of ${total} models`;
  /** @type {Row[]} */
  const rows = models.map((model) => Object.fromEntries(flatten(Object(model))));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] != null)))];
  const kinds = columns.map((column) =>
    rows.every((row) => row[column] == null || typeof row[column] === 'number') ? 'number' : 'text',
  );
  const lines = rows.map((row) => ({ row, line: makeLine(row, columns, kinds) }));
  const heads = columns.map((column, index) => {
    // A long name may be broken where its parts meet.
    const parts = column.split(/(?<=[._])(?=.{4})/).flatMap((part) => [part, make('wbr')]);
    const button = make('button', { type: 'button', title: meanings.get(column) }, ...parts);
    button.onclick = () => {
      const again = order?.column === column ? order.direction : undefined;
      order = again === 'descending' ? undefined : { column, direction: again ? 'descending' : 'ascending' };
      sort();
    };
    return make('th', { scope: 'col', class: kinds[index] }, button);
  });
  const body = make('tbody');

  function sort() {
    const chosen = order;
    heads.forEach((head, index) => {
      head.ariaSort = chosen && chosen.column === columns[index] ? chosen.direction : 'none';
    });
    const sorted = chosen ? lines.toSorted((a, b) => compare(a.row, b.row, chosen)) : lines;
    body.replaceChildren(...sorted.map(({ line }) => line));
  }
  sort();
  at('models').replaceChildren(make('table', {}, make('thead', {}, make('tr', {}, ...heads)), body));
  markControls([]);
  setState(models.length === 0 ? 'empty' : 'full');
}

const words = new Intl.Collator('en', { numeric: true });

/** Rows without a value come last. @param {Row} a @param {Row} b @param {Order} order */
function compare(a, b, { column, direction }) {
  const [one, other] = [a[column], b[column]];
  if (one == null || other == null) return Number(one == null) - Number(other == null);
  const difference =
    typeof one === 'number' && typeof other === 'number' ? one - other : words.compare(`${one}`, `${other}`);
  return direction === 'ascending' ? difference : -difference;
}

/** @param {Row} row @param {string[]} columns @param {string[]} kinds */
const makeLine = (row, columns, kinds) =>
  make(
    'tr',
    {},
    ...columns.map((column, index) => {
      const value = row[column];
      const kind = `${kinds[index]} ${kindOf(value)}`;
      const attributes = { class: kind, scope: index === 0 && 'row', 'data-column': column };
      return make(index === 0 ? 'th' : 'td', attributes, ...makeValue(value));
    }),
  );

/** Tells the style sheet what a cell holds. @param {unknown} value */
function kindOf(value) {
  if (value == null) return 'missing';
  if (Array.isArray(value)) return 'list';
  return `${value}`.length > 60 ? 'long' : typeof value === 'boolean' ? `${value}` : '';
}

/** @param {unknown} value */
function makeValue(value) {
  if (value == null) return ['–'];
  if (typeof value === 'number') return [value.toLocaleString('en', { maximumFractionDigits: 20 })];
  if (!Array.isArray(value)) return [`${value}`];
  return value.flatMap((part) => [
    make('span', { class: 'tag' }, typeof part === 'object' ? JSON.stringify(part) : `${part}`),
    ' ',
  ]);
}

// What happens on the page

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;

form.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(ask, typingMs);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask();
});
at('clear').onclick = () => {
  for (const { name } of parameters) controlOf(name).value = '';
  ask();
};
at('copy').onclick = async () => {
  try {
    await navigator.clipboard.writeText(at('curl').textContent ?? '');
    at('copied').textContent = at('copy').textContent = 'Copied';
  } catch {
    // Where the browser does not let the page copy, the user can.
    getSelection()?.selectAllChildren(at('curl'));
    at('copied').textContent = at('copy').textContent = 'Selected, press Ctrl-C';
  }
};

document.title = contract['info'].title;
at('summary').textContent = contract['info'].summary ?? operation.summary;
at('key-control').before(...parameters.map(makeControl));
for (const [name, meaning = ''] of meanings) {
  at('meanings').append(make('dt', {}, make('code', {}, name)), make('dd', {}, ...prose(meaning)));
}
// On a small screen the models come first.
filters.open = matchMedia('(min-width: 48rem)').matches;
const asked = new URLSearchParams(location.search);
for (const { name } of parameters) controlOf(name).value = asked.getAll(name).join(',');
ask();
