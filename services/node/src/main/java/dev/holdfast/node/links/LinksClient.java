package dev.holdfast.node.links;

import dev.holdfast.node.cluster.ClusterFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts and heals the links of a running cluster. Each call returns when the change has taken effect.
 *
 * <p>All methods throw {@link IOException} if the links do not run, and {@link IllegalArgumentException} with their
 * sentence if they refuse, e.g. an unknown node.
 */
public final class LinksClient {
    static final String ENDPOINT = "links.endpoint";

    private final Path endpoint;

    public LinksClient(ClusterFolder folder) {
        this.endpoint = folder.links().resolve(ENDPOINT);
    }

    /** Drops every byte from one node to another; nothing is closed, and no new connection is made between the two. */
    public void cut(String from, String to) throws IOException {
        ask("cut " + from + " " + to);
    }

    /** Lets bytes from one node to another pass again, undelayed; connections that lost bytes are reset. */
    public void heal(String from, String to) throws IOException {
        ask("heal " + from + " " + to);
    }

    /** Undoes every cut and delay. */
    public void healAll() throws IOException {
        ask("heal all");
    }

    /** Cuts a node off from all others in both directions: what they see of a power loss. */
    public void silence(String node) throws IOException {
        ask("silence " + node);
    }

    /** Makes every byte from one node to another arrive later. @param delay 0 to 60 s; zero ends the delay */
    public void delay(String from, String to, Duration delay) throws IOException {
        ask("delay " + from + " " + to + " " + delay.toMillis());
    }

    /** Listens for nodes that were added to cluster.yaml. */
    public void reload() throws IOException {
        ask("reload");
    }

    /** State of every direction. */
    public List<LinkStatus> status() throws IOException {
        return ask("status").stream().filter(line -> !line.startsWith("connections ")).map(LinkStatus::parse).toList();
    }

    private List<String> ask(String command) throws IOException {
        Path socket = Path.of(Files.readString(endpoint).strip());
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8);
                BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            out.write(command + "\n");
            out.flush();
            return answer(in, command);
        }
    }

    private static List<String> answer(BufferedReader in, String command) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("ok")) {
                return lines;
            }
            if (line.startsWith("error ")) {
                throw new IllegalArgumentException(line.substring("error ".length()));
            }
            lines.add(line);
        }
        throw new IOException("the links ended while answering '" + command + "'");
    }
}
