package org.pombal.node.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.PeerCredentials;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;

/**
 * How the node does its input and output: Linux's epoll. There is no fallback, because what the node stands beside runs
 * on Linux.
 */
public enum Transport {
    EPOLL;

    /** Loads its native library, so that the first group finds it loaded; does nothing where it cannot be used. */
    public void load() {
        Epoll.isAvailable();
    }

    /**
     * A group of named event-loop threads.
     *
     * @param threads at least 1
     * @throws IllegalStateException if epoll cannot be used here, saying why
     */
    public EventLoopGroup newGroup(String threadName, int threads) {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "epoll is not available: Pombal runs on Linux, x86_64 or aarch64", Epoll.unavailabilityCause());
        }
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(threadName), epoll);
    }

    public Class<? extends Channel> channelClass() {
        return EpollDomainSocketChannel.class;
    }

    public Class<? extends ServerChannel> serverChannelClass() {
        return EpollServerDomainSocketChannel.class;
    }

    /** A channel that accepts from a unix socket which listens already. It removes no file when it is closed. */
    public ServerChannel listeningOn(FileDescriptor socket) {
        // Not active, it would wait to be bound and never accept.
        return new EpollServerDomainSocketChannel(socket.intValue(), true);
    }

    /** Has a unix socket's channel read the descriptors that it is sent, each as a {@link FileDescriptor}, instead of bytes. */
    public void readDescriptors(Bootstrap bootstrap) {
        bootstrap.option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS);
    }

    /** Who is connected to one of our unix sockets. */
    Peer peerOf(Channel accepted) throws IOException {
        PeerCredentials credentials = ((EpollDomainSocketChannel) accepted).peerCredentials();
        // The first group id is the effective one.
        return new Peer(
                credentials.pid(),
                Integer.toUnsignedLong(credentials.uid()),
                Integer.toUnsignedLong(credentials.gids()[0]));
    }

    /** For TCP listeners. */
    public Class<? extends ServerChannel> tcpServerChannelClass() {
        return EpollServerSocketChannel.class;
    }
}
