package org.pombal.controller.task.memory;

import java.time.InstantSource;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TaskStoreContract;

class MemoryTaskStoreTest extends TaskStoreContract {

    private final TaskStore store = new MemoryTaskStore(LIMIT, HOLD, InstantSource.system(), () -> true);

    @Override
    protected TaskStore store() {
        return store;
    }
}
