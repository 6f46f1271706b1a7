package org.pombal.node.address;

import static java.util.Objects.requireNonNull;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names from a file in the format of hosts(5) first, from the system's resolver otherwise. Read anew when asked. */
public final class HostsFile implements HostAddresses.NameService {

    private final Path file;
    private final HostAddresses.NameService otherwise;

    public HostsFile(Path file, HostAddresses.NameService otherwise) {
        this.file = requireNonNull(file, "file is null");
        this.otherwise = requireNonNull(otherwise, "otherwise is null");
    }

    @Override
    public InetAddress[] addressesOf(String host) throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        try {
            HostsFileEntriesProvider entries =
                    HostsFileEntriesProvider.parser().parse(file.toFile(), StandardCharsets.UTF_8);
            String name = host.toLowerCase(Locale.ROOT);
            found.addAll(entries.ipv4Entries().getOrDefault(name, List.of()));
            found.addAll(entries.ipv6Entries().getOrDefault(name, List.of()));
        } catch (IOException e) {
            UnknownHostException unreadable = new UnknownHostException(host + ": cannot read " + file);
            unreadable.initCause(e);
            throw unreadable;
        }
        return found.isEmpty() ? otherwise.addressesOf(host) : found.toArray(new InetAddress[0]);
    }
}
