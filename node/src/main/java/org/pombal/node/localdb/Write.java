package org.pombal.node.localdb;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.user.UserKey;

/** A change on its way to the file. */
sealed interface Write {

    /** The writes that save all of the topology in an empty store. */
    static List<Write> all(KeptTopology topology) {
        List<Write> writes = new ArrayList<>();
        writes.add(new SaveSites(topology.sites(), topology.tags()));
        topology.backends().stream()
                .collect(groupingBy(Backend::site))
                .forEach((site, backends) -> writes.add(new SaveBackends(site, backends)));
        writes.add(new SaveGroups(topology.groups()));
        return writes;
    }

    void applyTo(StoreWriter store) throws SQLException;

    /** Whether the store stays true without it, only less complete or less current. */
    boolean mayBeDropped();

    /** What the file will say of a user. */
    sealed interface OfUser extends Write {

        UserKey user();

        Optional<GroupId> home();
    }

    record Remember(UserKey user, GroupId group) implements OfUser {

        public Remember {
            requireNonNull(user, "user is null");
            requireNonNull(group, "group is null");
        }

        @Override
        public Optional<GroupId> home() {
            return Optional.of(group);
        }

        @Override
        public void applyTo(StoreWriter store) throws SQLException {
            store.users().remember(user, store.groups().numberOf(group));
        }

        @Override
        public boolean mayBeDropped() {
            return true;
        }
    }

    record Forget(UserKey user) implements OfUser {

        public Forget {
            requireNonNull(user, "user is null");
        }

        @Override
        public Optional<GroupId> home() {
            return Optional.empty();
        }

        @Override
        public void applyTo(StoreWriter store) throws SQLException {
            store.users().forget(user);
        }

        @Override
        public boolean mayBeDropped() {
            return false;
        }
    }

    record SaveSites(List<Site> sites, List<Tag> tags) implements Write {

        public SaveSites {
            sites = List.copyOf(sites);
            tags = List.copyOf(tags);
        }

        @Override
        public void applyTo(StoreWriter store) throws SQLException {
            store.sites().replaceAll(sites, tags);
        }

        @Override
        public boolean mayBeDropped() {
            return false;
        }
    }

    record SaveBackends(SiteId site, List<Backend> backends) implements Write {

        public SaveBackends {
            requireNonNull(site, "site is null");
            backends = List.copyOf(backends);
            for (Backend backend : backends) {
                if (!backend.site().equals(site)) {
                    throw new IllegalArgumentException("backend " + backend.host() + " is not of site " + site);
                }
            }
        }

        @Override
        public void applyTo(StoreWriter store) throws SQLException {
            store.sites().replaceBackends(site, backends);
        }

        @Override
        public boolean mayBeDropped() {
            return false;
        }
    }

    record SaveGroups(List<UserGroup> groups) implements Write {

        public SaveGroups {
            groups = List.copyOf(groups);
        }

        @Override
        public void applyTo(StoreWriter store) throws SQLException {
            for (UserGroup group : groups) {
                store.groups().save(group);
            }
        }

        @Override
        public boolean mayBeDropped() {
            return false;
        }
    }

    record MarkSynced(Instant until) implements Write {

        public MarkSynced {
            requireNonNull(until, "until is null");
        }

        @Override
        public void applyTo(StoreWriter store) throws SQLException {
            store.meta().setSyncedUntil(until);
        }

        @Override
        public boolean mayBeDropped() {
            return true;
        }
    }
}
