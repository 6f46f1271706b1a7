import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { keys, useHealth } from '../api/queries';
import { ApiProblem } from '../api/problem';
import { TextEntry } from '../components/fields';
import { ProblemNote } from '../components/Note';
import { keepToken } from './token';

/** Who a token is of; what cannot be a token is not even sent. */
async function logIn(token: string): Promise<void> {
    if (!/^[\x21-\x7e]+$/.test(token)) {
        throw new ApiProblem(401, 'this is no token: it has characters that no token has');
    }
    const response = await fetch('/api/v1/me', { headers: { Authorization: `Bearer ${token}` } }).catch(
        (failure: unknown) => {
            throw ApiProblem.unreachable(failure);
        },
    );
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
        throw ApiProblem.of(response.status, body);
    }
    const roles = (body as { roles: string[] }).roles;
    if (!roles.includes('viewer')) {
        throw new ApiProblem(
            403,
            'this is the one-time token: it can make a token, and nothing else; docs/controller.md says how, or: pombal controller --help',
        );
    }
    keepToken(token);
}

/** Sends the browser to the OpenID Connect issuer, if there is one. */
async function logInAtIssuer(): Promise<void> {
    const here = window.location.pathname + window.location.search;
    const there = `/api/v1/login?then=${encodeURIComponent(here)}`;
    const response = await fetch(there, { redirect: 'manual' }).catch((failure: unknown) => {
        throw ApiProblem.unreachable(failure);
    });
    if (response.type !== 'opaqueredirect') {
        throw ApiProblem.of(response.status, await response.json().catch(() => undefined));
    }
    window.location.assign(there);
}

/** Where people come in: with a token, or by way of the OpenID Connect issuer. */
export function Login() {
    const [token, setToken] = useState('');
    const queries = useQueryClient();
    const health = useHealth();
    const byToken = useMutation({
        mutationFn: logIn,
        onSuccess: () => queries.invalidateQueries({ queryKey: keys.me }),
    });
    const byIssuer = useMutation({ mutationFn: logInAtIssuer });
    return (
        <main className="login">
            <Form
                onSubmit={(event) => {
                    event.preventDefault();
                    byToken.mutate(token.trim());
                }}
            >
                <h1>
                    <span className="mark" aria-hidden /> Pombal
                </h1>
                <p className="quiet">
                    {health.data === undefined
                        ? 'The controller of a cluster of Dovecot servers'
                        : `Controller of site ${health.data.site}`}
                </p>
                <TextEntry
                    label="Token"
                    type="password"
                    value={token}
                    onChange={setToken}
                    placeholder="pombal_…"
                    hint="It is kept until this tab is closed."
                    required
                    autoFocus
                />
                <Button type="submit" className="primary" isDisabled={token.trim() === '' || byToken.isPending}>
                    Log in
                </Button>
                {byToken.error === null ? null : <ProblemNote failure={byToken.error} what="You are not let in" />}
                <hr />
                <Button onPress={() => byIssuer.mutate()} isDisabled={byIssuer.isPending}>
                    Log in with OpenID Connect
                </Button>
                {byIssuer.error === null ? null : (
                    <ProblemNote failure={byIssuer.error} what="There is no way in by an issuer now" />
                )}
                <p className="quiet">
                    How to get a token, and how to let an issuer in: <a href="/api/v1/docs">API</a>, docs/controller.md
                    and docs/security.md.
                </p>
            </Form>
        </main>
    );
}
