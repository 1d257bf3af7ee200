package dev.holdfast.replication.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Through OpenSSH's client to a port that the target's machine opens to itself alone. No command runs there: the client
 * only asks for a channel to that port ({@code ssh -W}), so the key needs no right but this one.
 *
 * @param settings how to log in
 * @param alias name under which the machine's key stands among the known hosts
 * @param machine IPv4 address of the machine
 * @param target where the replica server listens, as the machine itself sees it
 */
public record SshRoute(SshSettings settings, String alias, String machine, InetSocketAddress target) implements Route {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    private static final int ALIVE_EVERY_S = 5;

    /** @throws BadSetting for what ssh could take for an option or for more than one word */
    public SshRoute {
        requireName("alias", alias);
        requireName("machine", machine);
        requireName("target", target.getHostString());
    }

    @Override
    public Connection open(Duration within) throws IOException {
        return SshConnection.start(this, command(within));
    }

    @Override
    public String name() {
        return settings.user() + "@" + machine + ":" + settings.port() + " for " + targetText();
    }

    String targetText() {
        return target.getHostString() + ":" + target.getPort();
    }

    /** One argument after the other; no shell sees any of them. */
    List<String> command(Duration within) {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-T", "-a", "-x", "-W", targetText()));
        options(within).forEach(option -> command.addAll(List.of("-o", option)));
        command.addAll(List.of(
                "-i", settings.keyFile().toString(), "-p", String.valueOf(settings.port()), "-l", settings.user(),
                "--", machine));
        return command;
    }

    private List<String> options(Duration within) {
        return List.of(
                // It never asks: there is nobody to answer.
                "BatchMode=yes",
                "StrictHostKeyChecking=yes",
                "UserKnownHostsFile=" + settings.knownHosts(),
                "GlobalKnownHostsFile=/dev/null",
                "HostKeyAlias=" + alias,
                "UpdateHostKeys=no",
                "PreferredAuthentications=publickey",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                // A shared connection would end or hang with the process that opened it.
                "ControlMaster=no",
                "ControlPath=none",
                "ProxyCommand=none",
                "CanonicalizeHostname=no",
                "ConnectTimeout=" + Math.max(1, within.plusMillis(999).toSeconds()),
                "ServerAliveInterval=" + ALIVE_EVERY_S,
                "ServerAliveCountMax=3",
                "LogLevel=INFO");
    }

    private static void requireName(String field, String value) {
        BadSetting.require(value != null && NAME.matcher(value).matches(), field, value,
                "must be an address or a name: letters, digits, '.' and '-', not beginning with '-'");
    }
}
