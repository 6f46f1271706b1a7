package org.pombal.node.localdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** Reads sites, tags, backends and groups as they stood at one moment. */
final class TopologyReader {

    private final Connection connection;

    TopologyReader(Connection connection) {
        this.connection = connection;
    }

    /** @throws IllegalArgumentException if a row breaks a rule of the model */
    KeptTopology load() throws SQLException {
        Schema.execute(connection, "BEGIN");
        try {
            return new KeptTopology(
                    rows("SELECT * FROM sites ORDER BY name", TopologyReader::site),
                    rows("SELECT * FROM site_tags ORDER BY name", TopologyReader::tag),
                    rows("SELECT * FROM backends ORDER BY site, host", TopologyReader::backend),
                    rows("SELECT * FROM user_groups WHERE backend IS NOT NULL", TopologyReader::group));
        } finally {
            Schema.execute(connection, "COMMIT");
        }
    }

    static GroupId groupId(ResultSet row) throws SQLException {
        return new GroupId(SiteId.parse(row.getString("site")), row.getString("name"));
    }

    private <T> List<T> rows(String query, RowReader<T> reader) throws SQLException {
        List<T> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                result.add(reader.read(row));
            }
        }
        return result;
    }

    private static Site site(ResultSet row) throws SQLException {
        int groupCount = row.getInt("group_count");
        OptionalInt groups = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(groupCount);
        return new Site(
                SiteId.parse(row.getString("id")),
                row.getString("name"),
                SiteStatus.parse(row.getString("status")),
                Optional.ofNullable(row.getString("tag")).map(TagId::parse),
                Optional.ofNullable(row.getString("load_balancer")),
                groups,
                row.getLong("version"));
    }

    private static Tag tag(ResultSet row) throws SQLException {
        return new Tag(TagId.parse(row.getString("id")), row.getString("name"));
    }

    private static Backend backend(ResultSet row) throws SQLException {
        return new Backend(
                BackendId.parse(row.getString("id")),
                SiteId.parse(row.getString("site")),
                new HostName(row.getString("host")),
                BackendStatus.parse(row.getString("status")),
                new LoadFactor(row.getInt("load_factor")),
                row.getLong("version"));
    }

    private static UserGroup group(ResultSet row) throws SQLException {
        // A proxy routes by the owner and its failover; what it needs to know of moves it reads from GeoDB.
        return UserGroup.atRest(
                groupId(row),
                GroupOwner.unclaimed(BackendId.parse(row.getString("backend"))),
                Optional.ofNullable(row.getString("failover")).map(BackendId::parse),
                row.getLong("epoch"),
                row.getBoolean("sticky_backend"),
                row.getBoolean("sticky_users"));
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
