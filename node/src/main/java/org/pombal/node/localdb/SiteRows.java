package org.pombal.node.localdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.pombal.model.backend.Backend;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** Sites, their tags and their backends: few rows, replaced together. */
final class SiteRows {

    private final Connection connection;
    private final PreparedStatement addSite;
    private final PreparedStatement addTag;
    private final PreparedStatement deleteBackends;
    private final PreparedStatement addBackend;

    SiteRows(Connection connection) throws SQLException {
        this.connection = connection;
        addSite = connection.prepareStatement(
                "INSERT OR REPLACE INTO sites (id, name, status, tag, load_balancer, group_count, version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)");
        addTag = connection.prepareStatement("INSERT OR REPLACE INTO site_tags (id, name) VALUES (?, ?)");
        deleteBackends = connection.prepareStatement("DELETE FROM backends WHERE site = ?");
        addBackend = connection.prepareStatement(
                "INSERT OR REPLACE INTO backends (site, id, host, status, load_factor, version) VALUES (?, ?, ?, ?, ?, ?)");
    }

    void replaceAll(List<Site> sites, List<Tag> tags) throws SQLException {
        Schema.execute(connection, "DELETE FROM sites", "DELETE FROM site_tags");
        for (Site site : sites) {
            add(site);
        }
        for (Tag tag : tags) {
            addTag.setString(1, tag.id().toString());
            addTag.setString(2, tag.name());
            addTag.executeUpdate();
        }
    }

    void replaceBackends(SiteId site, List<Backend> backends) throws SQLException {
        deleteBackends.setString(1, site.toString());
        deleteBackends.executeUpdate();
        for (Backend backend : backends) {
            addBackend.setString(1, site.toString());
            addBackend.setString(2, backend.id().toString());
            addBackend.setString(3, backend.host().value());
            addBackend.setString(4, backend.status().toString());
            addBackend.setInt(5, backend.loadFactor().percent());
            addBackend.setLong(6, backend.version());
            addBackend.executeUpdate();
        }
    }

    private void add(Site site) throws SQLException {
        addSite.setString(1, site.id().toString());
        addSite.setString(2, site.name());
        addSite.setString(3, site.status().toString());
        addSite.setString(4, site.tag().map(TagId::toString).orElse(null));
        addSite.setString(5, site.loadBalancer().orElse(null));
        addSite.setObject(6, site.groupCount().isPresent() ? site.groupCount().getAsInt() : null);
        addSite.setLong(7, site.version());
        addSite.executeUpdate();
    }
}
