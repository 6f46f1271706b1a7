package org.pombal.geodb.embedded;

/** Cassandra could not be started; the message says why and what to do. */
public final class EmbeddedCassandraException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedCassandraException(String message) {
        super(message);
    }

    public EmbeddedCassandraException(String message, Throwable cause) {
        super(message, cause);
    }
}
