package org.pombal.operations;

import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.HostName;

/** Whether a host name has an address. */
@FunctionalInterface
public interface HostResolver {

    CompletionStage<Boolean> resolves(HostName host);
}
