import { vi } from 'vitest';

export interface Asked {
    method: string;
    path: string;
    body: unknown;
    headers: Headers;
}

type Answerer = (asked: Asked) => unknown;

/** A refusal, as the controller says it. */
export class Refusal {
    readonly status: number;
    readonly detail: string;

    constructor(status: number, detail: string) {
        this.status = status;
        this.detail = detail;
    }
}

/**
 * Answers in the controller's place, by method and path with its query; what is not named is answered with 404. Returns what was asked.
 */
export function answering(answers: Record<string, unknown>): Asked[] {
    const all: Asked[] = [];
    vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
        const request =
            input instanceof Request ? input : new Request(new URL(String(input), window.location.origin), init);
        const url = new URL(request.url);
        const text = await request.text();
        const asked: Asked = {
            method: request.method,
            path: url.pathname + url.search,
            body: text === '' ? undefined : (JSON.parse(text) as unknown),
            headers: request.headers,
        };
        all.push(asked);
        const found = answers[`${asked.method} ${asked.path}`] ?? new Refusal(404, `no ${asked.path} here`);
        const body = typeof found === 'function' ? (found as Answerer)(asked) : found;
        return body instanceof Refusal
            ? Response.json({ title: 'refused', status: body.status, detail: body.detail }, { status: body.status })
            : Response.json(body);
    });
    return all;
}
