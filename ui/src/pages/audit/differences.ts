export interface Difference {
    field: string;
    before: string;
    after: string;
}

const LONGEST = 400;

function fields(json: string | undefined): Map<string, string> {
    if (json === undefined) {
        return new Map();
    }
    let value: unknown;
    try {
        value = JSON.parse(json);
    } catch {
        return new Map([['text', json]]);
    }
    const found = new Map<string, string>();
    walk('', value, found);
    return found;
}

function walk(path: string, value: unknown, found: Map<string, string>): void {
    if (Array.isArray(value)) {
        const text = JSON.stringify(value);
        found.set(
            path === '' ? `${value.length} items` : path,
            text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text,
        );
    } else if (typeof value === 'object' && value !== null) {
        Object.entries(value).forEach(([name, each]) => walk(path === '' ? name : `${path}.${name}`, each, found));
    } else {
        found.set(path === '' ? 'value' : path, String(value));
    }
}

/** What changed, field by field: what differs before what does not. */
export function differences(before: string | undefined, after: string | undefined): Difference[] {
    const was = fields(before);
    const is = fields(after);
    const names = [...new Set([...was.keys(), ...is.keys()])];
    const all = names.map((field) => ({ field, before: was.get(field) ?? '', after: is.get(field) ?? '' }));
    return [...all.filter((one) => one.before !== one.after), ...all.filter((one) => one.before === one.after)];
}
