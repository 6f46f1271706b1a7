/**
 * GeoDB on Apache Cassandra, one class per aggregate.
 *
 * <p>Rows written by compare-and-set are written only so, each table at one serial level. The driver never repeats a
 * compare-and-set on its own: {@link org.pombal.geodb.cassandra.Cql} does, where it can tell what came of the first.
 */
@NullMarked
package org.pombal.geodb.cassandra;

import org.jspecify.annotations.NullMarked;
