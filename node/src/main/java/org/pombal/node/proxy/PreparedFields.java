package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.node.routing.Destination;

/**
 * The bytes that {@link DestinationFields} adds to a reply, kept once they were written: they depend on little more than
 * destination and protocol, and to write them anew for each login was a tenth of what relaying it costs. Thread-safe.
 */
final class PreparedFields {

    /** Beyond it all are forgotten; a site has some hundred destinations, and changes them rarely. */
    static final int MOST_DESTINATIONS = 4_096;

    private static final int FLAGS = 4;
    private static final int VARIANTS = (MailProtocol.values().length + 1) << FLAGS;

    private final DestinationFields fields;
    private final Map<Destination, AtomicReferenceArray<byte[]>> prepared = new ConcurrentHashMap<>();

    PreparedFields(DestinationFields fields) {
        this.fields = requireNonNull(fields, "fields is null");
    }

    /** What is to be added for a session of {@code request}; not to be changed. */
    byte[] of(Destination destination, Request request, ServerLine.Succeeded reply) {
        AtomicReferenceArray<byte[]> variants = variants(destination);
        int variant = variant(request, reply);
        byte @Nullable [] known = variants.get(variant);
        if (known != null) {
            return known;
        }
        LineBuilder line = new LineBuilder("");
        fields.append(line, request, reply, destination, ProxyJudge.hop(request));
        byte[] written = line.fields();
        variants.set(variant, written);
        return written;
    }

    private AtomicReferenceArray<byte[]> variants(Destination destination) {
        @Nullable AtomicReferenceArray<byte[]> known = prepared.get(destination);
        if (known != null) {
            return known;
        }
        if (prepared.size() >= MOST_DESTINATIONS) {
            prepared.clear();
        }
        return prepared.computeIfAbsent(destination, fresh -> new AtomicReferenceArray<>(VARIANTS));
    }

    int destinations() {
        return prepared.size();
    }

    /** A number for all that {@link DestinationFields#append} looks at, besides the destination. */
    @SuppressWarnings("EnumOrdinal") // the number is an index of this run's arrays and goes nowhere else
    private static int variant(Request request, ServerLine.Succeeded reply) {
        int protocol = request.protocol().isPresent() ? request.protocol().get().ordinal() + 1 : 0;
        return protocol << FLAGS
                | (reply.hasPort() ? 1 : 0)
                | (reply.hasTls() ? 2 : 0)
                | (request.dialect() == Request.Dialect.V2_4 ? 4 : 0)
                | (request.hop().equals(PreviousHop.UNKNOWN) ? 8 : 0);
    }
}
