import { Link } from 'react-router';
import { Page } from '../components/Page';

/** For addresses that lead nowhere. */
export function Nowhere() {
    return (
        <Page title="No such page">
            <p>
                There is nothing at this address. <Link to="/">Overview</Link>
            </p>
        </Page>
    );
}
