package org.pombal.geodb.memory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pombal.geodb.ReadLevel;

/**
 * A table that is only written by compare-and-set: one value per key, linearizable at the serial level. A value can be
 * accepted and not yet committed; whoever next looks at the key serially commits it.
 */
final class CasTable<K, V> {

    private final Map<K, V> committed;
    private final Map<K, V> accepted;

    CasTable(Comparator<K> order) {
        this.committed = new TreeMap<>(order);
        this.accepted = new TreeMap<>(order);
    }

    Optional<V> get(K key, ReadLevel level) {
        if (level == ReadLevel.SERIAL) {
            settle(key);
        }
        return Optional.ofNullable(committed.get(key));
    }

    void put(K key, V value, boolean commit) {
        settle(key);
        (commit ? committed : accepted).put(key, value);
    }

    /** All that is committed: a scan is not serial. */
    Collection<V> scan() {
        return List.copyOf(committed.values());
    }

    /** All that stands, for conditions that span keys: the store decides them as one. */
    Collection<V> settled() {
        List.copyOf(accepted.keySet()).forEach(this::settle);
        return scan();
    }

    private void settle(K key) {
        V value = accepted.remove(key);
        if (value != null) {
            committed.put(key, value);
        }
    }
}
