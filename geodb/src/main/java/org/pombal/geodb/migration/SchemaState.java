package org.pombal.geodb.migration;

/** What a release finds when it looks at a keyspace's schema. */
public sealed interface SchemaState {

    /** For an operator: what was found, and what to do. */
    String message();

    /** All that this release needs is there. */
    record Usable(String keyspace, SchemaVersion found) implements SchemaState {
        @Override
        public String message() {
            return "the schema of keyspace " + keyspace + " is at version " + found;
        }
    }

    /** There is no schema. */
    record Missing(String keyspace) implements SchemaState {
        @Override
        public String message() {
            return "keyspace " + keyspace + " has no schema; 'pombal geodb init' creates it";
        }
    }

    /** Migrations of this release are still to be applied. */
    record TooOld(String keyspace, SchemaVersion found, SchemaVersion needed) implements SchemaState {
        @Override
        public String message() {
            return "the schema of keyspace " + keyspace + " is at version " + found + ", but this release needs "
                    + needed + "; 'pombal geodb init' brings it there";
        }
    }

    /** The schema is of a later major version: what this release uses may be gone. */
    record TooNew(String keyspace, SchemaVersion found, SchemaVersion known) implements SchemaState {
        @Override
        public String message() {
            return "the schema of keyspace " + keyspace + " is at version " + found + ", but this release knows only "
                    + known.major() + ".x; upgrade Pombal on this host";
        }
    }
}
