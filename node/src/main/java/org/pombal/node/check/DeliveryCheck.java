package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.DELIVERY;

import java.util.stream.Stream;

/** Whether lmtp can send a delivery on to the user's backend. */
final class DeliveryCheck implements DovecotCheck {

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        String value = facts.conf().inProtocol("lmtp", "lmtp_proxy").orElse("no");
        return !facts.conf().serves("lmtp") || value.equals("yes")
                ? Stream.empty()
                : Stream.of(Finding.error(
                        DELIVERY,
                        "lmtp does not pass deliveries on to the user's backend, lmtp_proxy is " + value
                                + "; set lmtp_proxy = yes"));
    }
}
