package org.pombal.geodb.embedded;

import java.io.IOException;
import java.util.List;

/**
 * A Cassandra for those who start and end its process themselves, as in a network namespace, where every address is as
 * private as loopback.
 */
public final class CassandraLaunch {

    private CassandraLaunch() {}

    /**
     * Writes Cassandra's configuration into its folder; the data there are kept.
     *
     * @return the command that runs it in the foreground
     * @throws EmbeddedCassandraException if the Java does not fit or the folder cannot be written
     */
    public static List<String> prepare(EmbeddedCassandraConfig config) {
        config.java().requireFitForCassandra();
        CassandraFiles files = new CassandraFiles(config);
        try {
            files.write();
        } catch (IOException e) {
            throw new EmbeddedCassandraException("cannot write to the data folder " + config.folder() + ": " + e, e);
        }
        return CassandraCommand.unguarded(config, files);
    }
}
