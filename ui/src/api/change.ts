import { tokenOf } from '../session/token';
import type { paths } from './generated/schema';
import { ApiProblem } from './problem';

type Method = 'post' | 'put' | 'patch' | 'delete';

type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
type PathsOf<M extends Method> = {
    [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];
type PathValues<O> = O extends { parameters: { path: infer V } } ? V : Record<string, never>;
type QueryValues<O> = O extends { parameters: { query?: infer V } } ? V : never;
type Body<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;
type Result<O> = O extends { responses: Record<number, { content: { 'application/json': infer R } }> } ? R : never;

/** Something to ask the API for, as a value: what is shown to the operator is what is sent. */
export interface Change<R> {
    method: Uppercase<Method>;
    /** Below /api/v1, with its query. */
    path: string;
    body: unknown;
    /** The version that was seen: nothing is done if there is another by now. */
    version: number | undefined;
    /** The same as a command; absent if there is none. */
    command: string | undefined;
    /** Only there for its type. */
    result?: R;
}

interface Details<O> {
    path?: PathValues<O>;
    query?: QueryValues<O>;
    body?: Body<O>;
    version?: number;
    command?: string;
}

function filled(template: string, values: Record<string, unknown>): string {
    return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

/** Describes a change, by the paths and types of the API's description. */
export function change<M extends Method, P extends PathsOf<M>>(
    method: M,
    path: P,
    details: Details<Operation<P, M>>,
): Change<Result<Operation<P, M>>> {
    const query = new URLSearchParams(
        Object.entries((details.query ?? {}) as Record<string, unknown>)
            .filter(([, value]) => value !== undefined)
            .map(([name, value]) => [name, String(value)] as [string, string]),
    ).toString();
    return {
        method: method.toUpperCase() as Uppercase<M>,
        path: filled(path, details.path ?? {}) + (query === '' ? '' : `?${query}`),
        body: details.body,
        version: details.version,
        command: details.command,
    };
}

/**
 * Asks for a change.
 *
 * @param reason for the audit log; may be empty
 */
export async function perform<R>(wanted: Change<R>, reason = ''): Promise<R> {
    const headers = new Headers();
    const token = tokenOf();
    if (token !== undefined) {
        headers.set('Authorization', `Bearer ${token}`);
    }
    if (wanted.body !== undefined) {
        headers.set('Content-Type', 'application/json');
    }
    if (wanted.version !== undefined) {
        headers.set('If-Match', `"${wanted.version}"`);
    }
    if (reason.trim() !== '') {
        headers.set('X-Pombal-Reason', asHeader(reason.trim()));
    }
    let response: Response;
    try {
        response = await fetch(wanted.path, {
            method: wanted.method,
            headers,
            body: wanted.body === undefined ? null : JSON.stringify(wanted.body),
        });
    } catch (failure) {
        throw ApiProblem.unreachable(failure);
    }
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) {
        throw ApiProblem.of(response.status, body);
    }
    return body as R;
}

/** Headers are bytes; what is beyond them is left out rather than garbled. */
function asHeader(text: string): string {
    return text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
}

function quoted(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The same as a line for a shell in which TOKEN is set. */
export function curl(wanted: Change<unknown>): string {
    return [
        `curl -X ${wanted.method} -H "Authorization: Bearer $TOKEN"`,
        ...(wanted.version === undefined ? [] : [`-H ${quoted(`If-Match: "${wanted.version}"`)}`]),
        ...(wanted.body === undefined
            ? []
            : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(wanted.body))}`]),
        quoted(window.location.origin + wanted.path),
    ].join(' ');
}

/** A word of a command, quoted if a shell would take it apart. */
export function word(text: string): string {
    return /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : quoted(text);
}
