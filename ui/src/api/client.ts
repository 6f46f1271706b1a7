import createClient from 'openapi-fetch';
import { tokenOf } from '../session/token';
import type { components, paths } from './generated/schema';
import { ApiProblem, statusOf } from './problem';

export type Schemas = components['schemas'];

const client = createClient<paths>({
    baseUrl: window.location.origin,
    cache: 'no-store',
    fetch: (request) => fetch(request),
});

client.use({
    onRequest({ request }) {
        const token = tokenOf();
        if (token !== undefined) {
            request.headers.set('Authorization', `Bearer ${token}`);
        }
        return request;
    },
});

/** Reads from the API, by the paths and types of its description. */
export const read = client.GET;

interface Answer<T> {
    data?: T;
    error?: unknown;
    response: Response;
}

/** What was answered; throws an {@link ApiProblem} otherwise. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
    let got: Answer<T>;
    try {
        got = await request;
    } catch (failure) {
        throw ApiProblem.unreachable(failure);
    }
    if (!got.response.ok || got.data === undefined) {
        throw ApiProblem.of(got.response.status, got.error);
    }
    return got.data;
}

/** The same, with null for what does not exist. */
export async function answerOrNull<T>(request: Promise<Answer<T>>): Promise<T | null> {
    try {
        return await answer(request);
    } catch (failure) {
        if (statusOf(failure) === 404) {
            return null;
        }
        throw failure;
    }
}
