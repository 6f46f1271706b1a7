package org.pombal.app.export;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.node.localdb.KeptTopology;
import org.pombal.node.localdb.KeptUsers;
import org.pombal.node.localdb.LocalDb.KeptUser;

/** Routes from what a proxy's node keeps: of users that this proxy has met, as old as the LocalDB is. */
public final class LocalDbRoutes implements RouteSource {

    private static final int PAGE_SIZE = 2_000;

    private final KeptUsers kept;

    /** @param kept closed with this */
    public LocalDbRoutes(KeptUsers kept) {
        this.kept = requireNonNull(kept, "kept is null");
    }

    @Override
    public RouteLines lines(String siteName, String fields) {
        KeptTopology topology = kept.topology();
        Site local = topology.sites().stream()
                .filter(site -> site.name().equals(siteName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("site '" + siteName + "' is not in the LocalDB"));
        return new RouteLines(
                local.id(),
                topology.sites().stream().collect(toMap(Site::id, Function.identity())),
                topology.backends().stream().collect(toMap(Backend::id, Function.identity())),
                topology.groups().stream().collect(toMap(UserGroup::id, Function.identity())),
                fields);
    }

    @Override
    public void users(BiConsumer<UserKey, GroupId> each) {
        String after = "";
        List<KeptUser> page;
        do {
            page = kept.users(after, PAGE_SIZE);
            page.forEach(user -> each.accept(user.user(), user.home()));
            after = page.isEmpty() ? after : page.get(page.size() - 1).user().value();
        } while (page.size() == PAGE_SIZE);
    }

    @Override
    public void close() {
        kept.close();
    }
}
