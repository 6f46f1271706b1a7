package org.pombal.bench.relay;

import org.pombal.bench.load.LoadCommand;
import org.pombal.bench.load.LoadResult;

/** Puts a load on a relay and says what came of it. */
@FunctionalInterface
interface Load {
    LoadResult run(LoadCommand command);
}
