package org.pombal.geodb.memory;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A table that is written without conditions: the later timestamp wins, by the writers' clocks, whatever came last. A
 * removal is a write too, and wins against a value of the same timestamp.
 */
final class PlainTable<K, V> {

    private record Cell<V>(long timestamp, Optional<V> value) {

        boolean yieldsTo(Cell<V> other) {
            return other.timestamp > timestamp || (other.timestamp == timestamp && other.value.isEmpty());
        }
    }

    private final NavigableMap<K, Cell<V>> cells;

    PlainTable(Comparator<K> order) {
        this.cells = new TreeMap<>(order);
    }

    /** @param timestamp microseconds by the writer's clock */
    void put(K key, V value, long timestamp) {
        write(key, new Cell<>(timestamp, Optional.of(value)));
    }

    /** @param timestamp microseconds by the writer's clock */
    void remove(K key, long timestamp) {
        write(key, new Cell<>(timestamp, Optional.empty()));
    }

    private void write(K key, Cell<V> cell) {
        cells.merge(key, cell, (standing, written) -> standing.yieldsTo(written) ? written : standing);
    }

    Optional<V> get(K key) {
        Cell<V> cell = cells.get(key);
        return cell == null ? Optional.empty() : cell.value();
    }

    /** The keys that have a value, from {@code first} on, in their order. */
    Stream<K> keysFrom(K first, boolean inclusive) {
        return present(cells.tailMap(first, inclusive)).map(Map.Entry::getKey);
    }

    /** All values, in the order of their keys. */
    Stream<V> values() {
        return present(cells).flatMap(entry -> entry.getValue().value().stream());
    }

    private static <K, V> Stream<Map.Entry<K, Cell<V>>> present(NavigableMap<K, Cell<V>> cells) {
        return cells.entrySet().stream()
                .filter(entry -> entry.getValue().value().isPresent());
    }

    void forget(K key) {
        cells.remove(key);
    }
}
