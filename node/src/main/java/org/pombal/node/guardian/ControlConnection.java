package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.node.relay.Transport;

/** One connection to the control socket, from the attempt to its end. Confined to its event loop. */
final class ControlConnection {

    /** Hears what becomes of the connection. */
    interface Owner {

        /** The guardian has greeted: requests may be sent. */
        void greeted();

        void received(ControlRecord answer);

        /** There is no connection, or no longer; comes once, and nothing after it. */
        void ended(String reason);
    }

    private static final Duration GREETING_PATIENCE = Duration.ofSeconds(2);

    /** A clock that is further behind than a look at it explains is another clock. */
    private static final long LATEST = GREETING_PATIENCE.toNanos();

    /** Room for watches of all processes anew. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(1 << 20, 4 << 20);

    private final Path socket;
    private final EventLoop loop;
    private final BootClock clock;
    private final Owner owner;
    private @Nullable Channel channel;
    private long greetedAt;
    private boolean greeted;
    private boolean ended;

    ControlConnection(Path socket, EventLoop loop, BootClock clock, Owner owner) {
        this.socket = requireNonNull(socket, "socket is null");
        this.loop = requireNonNull(loop, "loop is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.owner = requireNonNull(owner, "owner is null");
    }

    void open() {
        new Bootstrap()
                .group(loop)
                .channel(Transport.EPOLL.channelClass())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline().addLast(new FixedLengthFrameDecoder(ControlRecord.SIZE), new Receiver());
                    }
                })
                .connect(new DomainSocketAddress(socket.toFile()))
                .addListener(connected -> connected((ChannelFuture) connected));
    }

    private void connected(ChannelFuture connected) {
        if (!connected.isSuccess()) {
            end(Unreachable.reason(socket, connected.cause()));
        } else if (ended) {
            connected.channel().close();
        } else {
            channel = connected.channel();
            greetedAt = clock.now();
            send(ControlRecord.request(ControlRecord.HELLO, 0, GuardianFolder.PROTOCOL_VERSION));
            flush();
            loop.schedule(this::checkGreeting, GREETING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void checkGreeting() {
        if (!greeted) {
            end("the guardian does not answer on " + socket);
        }
    }

    private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            if (!ended) {
                receive(ControlRecord.read(frame));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(
                    greeted
                            ? "the guardian has ended, or closed its connection on " + socket
                            : "the guardian sent this process away on " + socket
                                    + ": its user is not in the guardian's "
                                    + "--group, or the guardian is of another release");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end("the connection to the guardian on " + socket + " broke: " + cause);
        }
    }

    private void receive(ControlRecord answer) {
        if (greeted) {
            owner.received(answer);
            return;
        }
        String objection = objection(answer);
        if (objection.isEmpty()) {
            greeted = true;
            owner.greeted();
        } else {
            end(objection);
        }
    }

    private String objection(ControlRecord hello) {
        if (hello.type() != ControlRecord.HELLO_ANSWER || hello.value() != GuardianFolder.PROTOCOL_VERSION) {
            return "the guardian on " + socket + " speaks version " + hello.value() + ", this node version "
                    + GuardianFolder.PROTOCOL_VERSION + ": install both from one release";
        }
        long behind = hello.time() - greetedAt;
        return behind < 0 || behind > LATEST
                ? "the guardian on " + socket + " has another clock: it is "
                        + Duration.ofNanos(behind).toMillis()
                        + " ms ahead of /proc/uptime; run both in one container, with the machine's own /proc"
                : "";
    }

    /** Whether the guardian reads what it is sent. */
    boolean isRead() {
        return channel != null && channel.isWritable();
    }

    /** To be flushed. */
    void send(ControlRecord request) {
        Channel open = requireNonNull(channel, "nothing is sent before the connection stands");
        ByteBuf frame = open.alloc().buffer(ControlRecord.SIZE);
        request.write(frame);
        open.write(frame, open.voidPromise());
    }

    void flush() {
        requireNonNull(channel, "nothing is sent before the connection stands").flush();
    }

    /** Ends it; the owner is told if it has not ended before. */
    void end(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        if (channel != null) {
            channel.close();
        }
        owner.ended(reason);
    }
}
