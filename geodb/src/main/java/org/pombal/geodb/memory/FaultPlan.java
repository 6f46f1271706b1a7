package org.pombal.geodb.memory;

import static java.util.Objects.requireNonNull;

/** Decides, request by request, what goes wrong. Asked in the order of the requests. */
@FunctionalInterface
public interface FaultPlan {

    /** Nothing ever goes wrong. */
    FaultPlan NONE = request -> new Fault.None();

    Fault next(Request request);

    /**
     * A request as a plan sees it.
     *
     * @param writer who asks
     * @param what in words, such as "reading user group default-1@..."
     */
    record Request(String writer, Kind kind, String what) {
        public Request {
            requireNonNull(writer, "writer is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(what, "what is null");
        }
    }

    /** What a request does. */
    enum Kind {
        READ,
        /** A write without condition: the latest timestamp wins. */
        WRITE,
        COMPARE_AND_SET
    }
}
