import { createColumnHelper } from '@tanstack/react-table';
import { useDeferredValue, useMemo } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { useUsers } from '../../api/queries';
import { DataTable } from '../../components/DataTable';
import { Filter } from '../../components/fields';
import { Page } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { useAddress } from '../../components/useAddress';
import { useSite } from '../../layout/site';

const column = createColumnHelper<Schemas['ListedUser']>();

const COLUMNS = [
    column.accessor('user', {
        header: 'User',
        cell: ({ getValue }) => <Link to={`/users/${encodeURIComponent(getValue())}`}>{getValue()}</Link>,
    }),
    column.accessor('site', { header: 'Home site' }),
    column.accessor('group', {
        header: 'Group',
        cell: ({ getValue }) => <Link to={`/groups/${getValue()}`}>{getValue()}</Link>,
    }),
    column.accessor((user) => user.failoverGroup ?? '', { id: 'failover', header: 'Failover group' }),
];

/** Search for users. */
export function Users() {
    const { site } = useSite();
    const [prefix, setPrefix] = useAddress('q');
    const [group, setGroup] = useAddress('group');
    const [backend, setBackend] = useAddress('backend');
    const search = useDeferredValue(
        useMemo(
            () => ({
                prefix,
                ...(group === '' ? {} : { group, site }),
                ...(backend === '' ? {} : { backend }),
            }),
            [prefix, group, backend, site],
        ),
    );
    const isAsked = prefix !== '' || group !== '' || backend !== '';
    const users = useUsers(search, isAsked);
    const rows = users.data?.pages.flatMap((page) => page.items) ?? [];
    return (
        <Page title="Users" about="of all sites">
            <div className="filters">
                <Filter label="Name begins with" value={prefix} onChange={setPrefix} />
                <Filter label="Group" value={group} onChange={setGroup} />
                <Filter label="Backend" value={backend} onChange={setBackend} />
                {isAsked ? (
                    <span className="quiet" role="status">
                        {rows.length}
                        {users.hasNextPage ? ' or more' : ''} users
                    </span>
                ) : null}
                {prefix === '' ? null : (
                    <Link to={`/users/${encodeURIComponent(prefix)}`} className="button">
                        Open {prefix}
                    </Link>
                )}
            </div>
            {isAsked ? (
                <>
                    <Reading query={users} what="The list of users">
                        {() => (
                            <DataTable
                                caption="Users"
                                rows={rows}
                                columns={COLUMNS}
                                rowId={(user) => user.user}
                                empty={users.hasNextPage ? 'None yet; there is more to go through.' : 'No user fits.'}
                                tall
                                onEnd={() => {
                                    if (users.hasNextPage && !users.isFetchingNextPage) {
                                        void users.fetchNextPage();
                                    }
                                }}
                            />
                        )}
                    </Reading>
                    {users.hasNextPage ? (
                        <Button
                            className="plain small"
                            isDisabled={users.isFetchingNextPage}
                            onPress={() => void users.fetchNextPage()}
                        >
                            {users.isFetchingNextPage ? 'Searching…' : 'Search on'}
                        </Button>
                    ) : null}
                    {group === '' && backend === '' ? (
                        <p className="footnote">
                            By the beginning of the name alone all users of the cluster are gone through. By group or
                            backend it is quick.
                        </p>
                    ) : null}
                </>
            ) : (
                <p className="quiet">
                    Type how the name begins, or name a group or a backend. A whole name can be opened at once: that is
                    quick however many users there are.
                </p>
            )}
        </Page>
    );
}
