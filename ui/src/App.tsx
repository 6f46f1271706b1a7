import { Route, Routes } from 'react-router';
import { Shell } from './layout/Shell';
import { Audit } from './pages/audit/Audit';
import { BackendPage } from './pages/backends/BackendPage';
import { Backends } from './pages/backends/Backends';
import { GroupPage } from './pages/groups/GroupPage';
import { Groups } from './pages/groups/Groups';
import { Moves } from './pages/moves/Moves';
import { Nowhere } from './pages/Nowhere';
import { Overview } from './pages/overview/Overview';
import { Plan } from './pages/plan/Plan';
import { Settings } from './pages/settings/Settings';
import { Sites } from './pages/sites/Sites';
import { UserPage } from './pages/users/UserPage';
import { Users } from './pages/users/Users';
import { LoggedIn } from './session/LoggedIn';

/** Which page is at which address. */
export function App() {
    return (
        <LoggedIn>
            <Routes>
                <Route element={<Shell />}>
                    <Route index element={<Overview />} />
                    <Route path="backends" element={<Backends />} />
                    <Route path="backends/:host" element={<BackendPage />} />
                    <Route path="groups" element={<Groups />} />
                    <Route path="groups/:group" element={<GroupPage />} />
                    <Route path="users" element={<Users />} />
                    <Route path="users/:user" element={<UserPage />} />
                    <Route path="moves" element={<Moves />} />
                    <Route path="plan" element={<Plan />} />
                    <Route path="sites" element={<Sites />} />
                    <Route path="audit" element={<Audit />} />
                    <Route path="settings" element={<Settings />} />
                    <Route path="*" element={<Nowhere />} />
                </Route>
            </Routes>
        </LoggedIn>
    );
}
