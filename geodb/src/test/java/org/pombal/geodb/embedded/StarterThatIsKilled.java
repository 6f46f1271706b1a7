package org.pombal.geodb.embedded;

import java.nio.file.Path;

/** A process that starts a Cassandra in the folder that it is given, and waits to be killed. */
final class StarterThatIsKilled {

    private StarterThatIsKilled() {}

    public static void main(String[] arguments) {
        EmbeddedCassandra.start(TestCassandra.process(Path.of(arguments[0]), TestCassandra.freePort()));
    }
}
