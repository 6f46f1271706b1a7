import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { keys } from '../api/queries';
import { LiveEvents, type LiveState } from './events';

afterEach(() => vi.useRealTimers());

function stream(): { body: ReadableStream<Uint8Array>; say: (text: string) => void; end: () => void } {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (made) => void (controller = made) });
    return {
        body,
        say: (text) => controller?.enqueue(new TextEncoder().encode(text)),
        end: () => controller?.close(),
    };
}

it('has read again what an event names, many events at once, and says when it is not live', async () => {
    vi.useFakeTimers();
    const queries = new QueryClient();
    const read = vi.spyOn(queries, 'invalidateQueries').mockResolvedValue();
    const states: LiveState[] = [];
    const { body, say, end } = stream();
    vi.stubGlobal(
        'fetch',
        vi.fn().mockResolvedValueOnce(new Response(body)).mockRejectedValue(new TypeError('refused')),
    );
    const events = new LiveEvents(queries, (state) => states.push(state));
    events.start();
    say('event: nothing\ndata: {"kind":"nothing"}\n\n');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(states).toEqual(['connecting', 'live']);
    read.mockClear();

    say('event: group\ndata: {}\n\nevent: group\ndata: {}\n\n');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(read.mock.calls.map(([filter]) => filter?.queryKey)).toEqual([
        keys.groups,
        keys.backends,
        keys.plans,
        keys.steps,
    ]);

    end();
    await vi.advanceTimersByTimeAsync(500);
    expect(states.at(-1)).toBe('away');
    events.stop();
});

it('takes a stream that is silent for one that is lost', async () => {
    vi.useFakeTimers();
    const states: LiveState[] = [];
    vi.stubGlobal(
        'fetch',
        vi.fn((_: string, { signal }: RequestInit) => {
            const { body } = stream();
            const cut = body.pipeThrough(new TransformStream(), signal instanceof AbortSignal ? { signal } : {});
            return Promise.resolve(new Response(cut));
        }),
    );
    const events = new LiveEvents(new QueryClient(), (state) => states.push(state));
    events.start();
    await vi.advanceTimersByTimeAsync(41_000);
    expect(states).toContain('away');
    events.stop();
});
