package org.pombal.geodb;

/** What every {@link GeoDb} does. */
public interface GeoDbContract
        extends SitesContract,
                BackendsContract,
                GroupsContract,
                UsersContract,
                LeasesContract,
                ElectoratesContract,
                MoveProgressContract,
                NodesContract,
                ProxyStatisticsContract,
                BackendLoadsContract,
                AutomationNotesContract,
                ReachabilityContract,
                SiteFailoversContract,
                FeaturesContract,
                ApiTokensContract,
                AuditLogContract,
                ChangesContract {}
