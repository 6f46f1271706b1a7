import { expect, it } from 'vitest';
import { answering, Refusal } from '../testing/api';
import { change, curl, perform, word } from './change';

const evacuation = change('post', '/api/v1/backends/{host}/evacuation', {
    path: { host: 'b1/x' },
    query: { dryRun: true },
});

it('fills the path and the query in, so that nothing in a name leads elsewhere', () => {
    expect(evacuation.path).toBe('/api/v1/backends/b1%2Fx/evacuation?dryRun=true');
});

it('is sent as it is shown: with version, body, reason and token', async () => {
    sessionStorage.setItem('pombal.token', 'pombal_1_x');
    const asked = answering({ 'PATCH /api/v1/backends/b1': { result: {}, warnings: [] } });
    const wanted = change('patch', '/api/v1/backends/{host}', {
        path: { host: 'b1' },
        body: { loadFactor: 50 },
        version: 7,
    });
    await perform(wanted, ' disk is full ✗ ');
    expect(asked[0]).toMatchObject({ method: 'PATCH', path: '/api/v1/backends/b1', body: { loadFactor: 50 } });
    expect(asked[0]?.headers.get('If-Match')).toBe('"7"');
    expect(asked[0]?.headers.get('Authorization')).toBe('Bearer pombal_1_x');
    expect(asked[0]?.headers.get('X-Pombal-Reason')).toBe('disk is full ?');
    expect(curl(wanted)).toBe(
        `curl -X PATCH -H "Authorization: Bearer $TOKEN" -H 'If-Match: "7"' -H 'Content-Type: application/json' -d '{"loadFactor":50}' '${window.location.origin}/api/v1/backends/b1'`,
    );
});

it('fails with what the controller says', async () => {
    answering({ [`POST ${evacuation.path}`]: new Refusal(409, 'no other backend is online') });
    await expect(perform(evacuation)).rejects.toMatchObject({ status: 409, message: 'no other backend is online' });
});

it('quotes what a shell would take apart', () => {
    expect(word('alice@example.org')).toBe('alice@example.org');
    expect(word("o'hara; rm -rf /")).toBe(`'o'\\''hara; rm -rf /'`);
});
