package org.pombal.node.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which of a name's addresses is used. The same answer on every node that sees the same addresses. */
final class AddressChoice {

    private static final Comparator<InetAddress> IPV4_FIRST_THEN_LOWEST = Comparator.<InetAddress, Boolean>comparing(
                    address -> !(address instanceof Inet4Address))
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private AddressChoice() {}

    /** @param before the address in use, if any; kept if the name still has it */
    static InetAddress choose(InetAddress[] addresses, @Nullable InetAddress before) {
        if (before != null && Arrays.asList(addresses).contains(before)) {
            return before;
        }
        return Arrays.stream(addresses)
                .min(IPV4_FIRST_THEN_LOWEST)
                .orElseThrow(() -> new IllegalArgumentException("a name that resolves has an address"));
    }
}
