import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering, Refusal } from '../testing/api';
import { show } from '../testing/show';
import { useSession } from './caller';
import { LoggedIn } from './LoggedIn';

function Inside() {
    return <p>welcome {useSession().caller.name}</p>;
}

const me = (asked: { headers: Headers }) =>
    asked.headers.get('Authorization') === 'Bearer pombal_2_good'
        ? { name: 'ana', roles: ['viewer'] }
        : asked.headers.get('Authorization') === 'Bearer pombal_first_x'
          ? { name: 'first', roles: ['first'] }
          : new Refusal(401, 'the token is wrong, has expired or was revoked');

it('lets in who has a token, and says why who has none is not', async () => {
    answering({ 'GET /api/v1/me': me });
    show(
        <LoggedIn>
            <Inside />
        </LoggedIn>,
    );
    const field = await screen.findByLabelText('Token');
    await userEvent.type(field, 'pombal_1_bad{Enter}');
    expect(await screen.findByText('the token is wrong, has expired or was revoked')).toBeVisible();
    await userEvent.clear(field);
    await userEvent.type(field, 'pombal_first_x{Enter}');
    expect(await screen.findByText(/this is the one-time token/)).toBeVisible();
    expect(sessionStorage.getItem('pombal.token')).toBeNull();
    await userEvent.clear(field);
    await userEvent.type(field, 'pombal_2_good{Enter}');
    expect(await screen.findByText('welcome ana')).toBeVisible();
});

it('says so when there is no issuer', async () => {
    answering({ 'GET /api/v1/login?then=%2F': new Refusal(404, 'no issuer is set'), 'GET /api/v1/me': me });
    show(
        <LoggedIn>
            <Inside />
        </LoggedIn>,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Log in with OpenID Connect' }));
    expect(await screen.findByText('no issuer is set')).toBeVisible();
});
