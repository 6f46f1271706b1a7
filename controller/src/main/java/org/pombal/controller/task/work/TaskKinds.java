package org.pombal.controller.task.work;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds of tasks that a worker knows; each name is one's. */
public final class TaskKinds {

    private final Map<String, TaskKind> byName;

    /** @throws IllegalStateException if two have one name */
    public TaskKinds(List<TaskKind> kinds) {
        this.byName = kinds.stream().collect(toUnmodifiableMap(TaskKind::name, identity()));
    }

    public Optional<TaskKind> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
